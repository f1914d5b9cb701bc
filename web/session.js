// Holds the snapshots and decisions of this tab for a reload, in the browser's own storage.
//
// Decisions lie in the storage of the tab. Snapshots are too large for that: they lie in a database,
// packed, and encrypted with a key that only the tab has, so that nobody can read them once the tab
// is gone. What is left of such tabs is removed by a later visit. "Keep" stores them without a key,
// until "forget". A page of another address of the same host has its own.
{
  const own = (name) => `pgparity.${name} ${location.pathname}`;
  const [STATE, TAB, KEPT, DATABASE] = ['session', 'tab', 'kept', 'snapshots'].map(own);
  const PART = 4 << 20;
  /** The thread that draws packs a piece at once: it is short enough for a frame. */
  const PIECE = 128 << 10;
  /** A reload lets go of the tab's lock and takes it again within this time, in milliseconds. */
  const RELOAD = 1000;
  const SWEEP = 5000;
  const LATE = 3000;

  /** `{id, key}` of this tab, and of the one that the session comes from. */
  let tab;
  let source;
  let keeping = false;
  let forgotten = false;
  let database;
  let line = Promise.resolve();

  const read = (storage, name) => JSON.parse(storage.getItem(name));
  const fresh = () => ({
    id: crypto.randomUUID(),
    key: btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))),
  });
  /** Waits so long for the lock of a tab, which is held until the tab is gone. */
  const lock = (id, time) =>
    new Promise((resolve) => {
      navigator.locks
        .request(own(id), { signal: AbortSignal.timeout(time) }, () => {
          resolve(true);
          return new Promise(() => {});
        })
        .catch(() => resolve(false));
    });

  const begun = begin();
  // Whoever needs it hears of it; nobody may.
  begun.catch(() => {});

  async function begin() {
    const [before, kept] = [read(sessionStorage, TAB), read(localStorage, KEPT)];
    if (!navigator.locks || !crypto.subtle) {
      throw new Error('The page was not opened by https or from a disk.');
    }
    // A tab that was duplicated finds the lock taken: it has a session of its own, with the same in it.
    tab = before && (await lock(before.id, RELOAD)) ? before : fresh();
    if (tab !== before) await lock(tab.id, RELOAD);
    source = before ?? kept?.tab ?? tab;
    keeping = Boolean(kept) && (!before || kept.tab.id === before.id);
    setTimeout(() => sweep().catch(() => {}), SWEEP);
  }

  /** The database; `null` when there is none and none is wanted. */
  async function open(wanted) {
    if (forgotten) throw new Error('Everything was forgotten: reload the page to begin anew.');
    if (!database && !wanted) {
      const there = (await indexedDB.databases()).some(({ name }) => name === DATABASE);
      if (!there) return null;
    }
    database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('parts');
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          // Another tab forgets everything.
          forgotten = true;
          request.result.close();
          sessionStorage.removeItem(STATE);
          sessionStorage.removeItem(TAB);
        };
        resolve(request.result);
      };
    });
    return database;
  }

  async function parts(action, wanted = false, mode = 'readwrite') {
    const db = await open(wanted);
    if (!db) return undefined;
    return new Promise((resolve, reject) => {
      const transaction = db.transaction('parts', mode);
      const request = action(transaction.objectStore('parts'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const all = (...key) => IDBKeyRange.bound(key, [...key, []]);

  /** The key of a tab; what is kept for good has none. */
  function cipher({ key }) {
    if (!key) return null;
    const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  /** The page draws in between. */
  const pause = () => new Promise((resolve) => setTimeout(resolve));

  async function packed(blob) {
    const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    const gzip = head[0] === 0x1f && head[1] === 0x8b;
    if (gzip) return blob.stream();
    const pieces = new TransformStream({
      async transform(chunk, out) {
        for (let at = 0; at < chunk.length; at += PIECE) {
          out.enqueue(chunk.subarray(at, at + PIECE));
          await pause();
        }
      },
    });
    return blob.stream().pipeThrough(pieces).pipeThrough(new CompressionStream('gzip'));
  }

  async function write(id, blob) {
    const key = keeping ? null : await cipher(tab);
    await parts((store) => store.delete(all(tab.id, id)), true);
    const reader = (await packed(blob)).getReader();
    let [count, waiting, size] = [0, [], 0];
    const flush = async () => {
      const whole = await new Blob(waiting).arrayBuffer();
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = key ? await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, whole) : whole;
      count += 1;
      const at = [tab.id, id, count];
      await parts((store) => store.put(key ? { iv, data } : { data }, at), true);
      [waiting, size] = [[], 0];
    };
    for (;;) {
      const { done, value } = await reader.read();
      if (value) {
        waiting.push(value);
        size += value.length;
      }
      if (done ? size : size >= PART) await flush();
      if (done) break;
      await pause();
    }
    // Only what is whole has a number of parts.
    await parts((store) => store.put(count, [tab.id, id, 0]), true);
  }

  async function restored(id, from) {
    const count = await parts((store) => store.get([from.id, id, 0]), false, 'readonly');
    if (!count) return null;
    const key = await cipher(from);
    const found = [];
    for (let at = 1; at <= count; at += 1) {
      const { iv, data } = await parts((store) => store.get([from.id, id, at]), false, 'readonly');
      found.push(iv ? await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data) : data);
    }
    return new Blob(found);
  }

  /** Removes what tabs have left that are gone: a tab that is there holds its lock. */
  async function sweep() {
    const keys = (await parts((store) => store.getAllKeys(), false, 'readonly')) ?? [];
    const kept = read(localStorage, KEPT)?.tab.id;
    const gone = new Set(keys.map(([id]) => id).filter((id) => id !== tab.id && id !== kept));
    for (const id of gone) {
      // Long enough for a tab that is being reloaded right now.
      await new Promise((resolve) => setTimeout(resolve, RELOAD));
      await navigator.locks.request(own(id), { ifAvailable: true }, (free) =>
        free ? parts((store) => store.delete(all(id))) : null,
      );
    }
  }

  /** Removes every database of the page, empty or not. */
  async function emptied() {
    await parts((store) => store.clear());
    forgotten = true;
    (await database)?.close();
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const removed = names.filter((name) => name.startsWith('pgparity.')).map(
      (name) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = () => resolve();
          request.onerror = () => reject(request.error);
          // A tab that does not let go is closed sooner or later, and the database goes then.
          request.onblocked = () => resolve();
        }),
    );
    await Promise.all(removed);
  }

  /** One after the other, whatever became of the one before. */
  const inLine = (action) => {
    const result = line.then(() => begun).then(action);
    line = result.catch(() => {});
    return result;
  };

  globalThis.pgparitySession = {
    /** The state that was saved last, as text; `null` without one. */
    state() {
      return sessionStorage.getItem(STATE) ?? read(localStorage, KEPT)?.state ?? null;
    },
    /** Whether the session outlives the tab. */
    kept: () => begun.then(() => keeping),
    /** Saves the state; `null` when there is nothing to save. */
    async save(state) {
      // At once where it can: the page may be left right now.
      if (!tab) await begun;
      if (forgotten) return;
      if (state === null) {
        sessionStorage.removeItem(STATE);
        if (keeping) localStorage.removeItem(KEPT);
        return;
      }
      sessionStorage.setItem(TAB, JSON.stringify(tab));
      sessionStorage.setItem(STATE, state);
      if (keeping) localStorage.setItem(KEPT, JSON.stringify({ tab: { id: tab.id }, state }));
    },
    /** Stores a snapshot under a number. */
    put: (id, blob) => inLine(() => write(id, blob)),
    /** The snapshot of a number, packed; `null` when it is not there. */
    get: (id) =>
      inLine(async () => {
        const blob = await restored(id, source);
        if (blob && source.id !== tab.id) await write(id, blob);
        return blob;
      }),
    /** Removes the snapshot of a number. */
    drop: (id) => inLine(() => parts((store) => store.delete(all(tab.id, id)))),
    /** Lets the session outlive the tab. */
    keep: (state, ids) =>
      inLine(async () => {
        keeping = true;
        for (const id of ids) {
          const blob = await restored(id, tab);
          if (blob) await write(id, blob);
        }
        await pgparitySession.save(state);
      }),
    /** Removes all of it. */
    async forget() {
      for (const storage of [sessionStorage, localStorage]) {
        const names = Object.keys(storage).filter((name) => name.startsWith('pgparity.'));
        for (const name of names) storage.removeItem(name);
      }
      // A browser that does not answer must not keep the page from closing the snapshots.
      const late = new Promise((resolve) => setTimeout(resolve, LATE));
      await Promise.race([emptied(), late]);
    },
  };
}
