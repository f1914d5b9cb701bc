// Keys that are pressed before the page listens wait for it, so that none is lost and the browser does not
// take them for itself. What is typed behind a key that opens a field is the text of that field.
{
  const OLD = 5000;
  const FRAMES = 60;
  let held = [];
  let typed = null;
  const field = () => document.activeElement?.closest('input, textarea');
  const hold = (event) => {
    if (!event.isTrusted || event.target.closest?.('input, textarea, select')) return;
    // By then the key that opens the field is forgotten.
    if (typed && event.timeStamp - held.at(-1)?.timeStamp > OLD) return stop();
    const command = event.ctrlKey || event.metaKey;
    const opens = event.key === '/' || (command && event.key.toLowerCase() === 'k');
    if (typed) {
      const letter = [...event.key].length === 1 && !command && !event.altKey;
      if (!letter && event.key !== 'Backspace' && !opens) return;
      if (!(opens && command)) typed.push(event);
      // The page may listen already, and letters are commands to it.
      event.stopImmediatePropagation();
    } else {
      held.push(event);
      if (!opens) return;
      typed = [];
    }
    event.preventDefault();
  };
  const stop = () => removeEventListener('keydown', hold);
  const press = (event) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event));
  addEventListener('keydown', hold);
  // The page listens from now on.
  globalThis.pgparityListens = () => typed || stop();
  // Everything is there: what was pressed is done.
  globalThis.pgparityKeys = async () => {
    const young = held.filter((event) => performance.now() - event.timeStamp < OLD);
    const opened = typed && young.includes(held.at(-1));
    if (held.length === 0) return;
    held = [];
    young.forEach(press);
    // A field that is drawn first comes a few frames later.
    for (let frame = 0; opened && !field() && frame < FRAMES; frame += 1) await new Promise(requestAnimationFrame);
    stop();
    const into = opened && field();
    if (!into) {
      // No key opens a field where somebody has chosen so: these were commands.
      if (opened) typed.forEach(press);
    } else if (typed.length > 0) {
      into.value = typed.reduce((text, { key }) => (key === 'Backspace' ? text.slice(0, -1) : text + key), into.value);
      into.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  };
}
