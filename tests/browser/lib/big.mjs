// Large snapshots, made when they are wanted: the same numbers give the same documents.

const TYPES = ["bigint", "text", "integer", "boolean", "numeric(12,2)", "jsonb", "uuid", "timestamp with time zone"];
const WORDS = ["account", "order", "invoice", "customer", "product", "payment", "ticket", "project", "session", "event"];

/** A document in the form of the program: deeper than five levels all is on one line. */
function written(value, depth = 0) {
  const list = Array.isArray(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = list
    ? value.map((item) => written(item, depth + 1))
    : Object.keys(value).map((name) => `${JSON.stringify(name)}: ${written(value[name], depth + 1)}`);
  const [open, close] = list ? "[]" : "{}";
  if (depth >= 5 || inner.length === 0) return `${open}${inner.join(", ")}${close}`;
  const line = `\n${" ".repeat(depth + 1)}`;
  return `${open}${line}${inner.join(`,${line}`)}\n${" ".repeat(depth)}${close}`;
}

/**
 * A snapshot of so many tables with so many columns each, and a key for every table. In `state` 1
 * every twentieth table has another column, another type and no comment; every hundredth is gone.
 * @returns {string} the document
 */
export function snapshot({ tables, columns, state }) {
  const schemas = Math.max(1, Math.ceil(tables / 250));
  const schema = (table) => `area_${String(table % schemas).padStart(3, "0")}`;
  const name = (table) => `${WORDS[table % WORDS.length]}_${String(table).padStart(6, "0")}`;
  const all = [];
  const keys = [];
  for (let table = 0; table < tables; table += 1) {
    if (state === 1 && table % 100 === 50) continue;
    const drifts = state === 1 && table % 20 === 0;
    const list = [{ name: "id", type: "bigint", not_null: true }];
    for (let column = 1; column < columns; column += 1) {
      const type = TYPES[(table + column + (drifts && column === 3 ? 1 : 0)) % TYPES.length];
      list.push({ name: `column_${String(column).padStart(2, "0")}`, type });
    }
    if (drifts) list.push({ name: "added", type: "text" });
    const comment = drifts ? {} : { comment: `Table number ${table} of a generated schema` };
    all.push({ schema: schema(table), name: name(table), columns: list, owner: "postgres", ...comment });
    keys.push({
      schema: schema(table),
      table: name(table),
      name: `${name(table)}_pkey`,
      constraint_type: "primary_key",
      columns: ["id"],
      definition: "PRIMARY KEY (id)",
      depends_on: [`column:${schema(table)}.${name(table)}.id`],
    });
  }
  const order = (a, b) => (key(a) < key(b) ? -1 : 1);
  const key = ({ schema: area, table = "", name: own }) => `${area}\u0001${table}\u0001${own}`;
  const areas = Array.from({ length: schemas }, (_, number) => ({ name: schema(number), owner: "postgres" }));
  return written({
    format: "pgparity-snapshot",
    version: 1,
    fingerprint: `sha256:${String(state).repeat(64)}`,
    source: {
      label: state === 1 ? "after" : "before",
      database: "generated",
      server_version: "15.4",
      server_version_num: 150004,
      encoding: "UTF8",
      collation: "C",
      ctype: "C",
      locale_provider: "libc",
      captured_at: `2026-01-0${state + 1}T00:00:00Z`,
      exporter_version: "0.1.0",
    },
    objects: {
      schema: areas.sort(order),
      table: all.sort(order),
      constraint: keys.sort(order),
    },
  });
}

/** What differs between the two states, as the page counts it. */
export function drift({ tables, columns }) {
  const gone = Math.ceil((tables - 50) / 100);
  const drifting = Array.from({ length: Math.ceil(tables / 20) }, (_, at) => at * 20);
  const there = drifting.filter((table) => table % 100 !== 50).length;
  // A table goes with its columns and its key.
  return { extra: gone * (columns + 2), missing: there, changed: there * 2 };
}
