// Keys that are pressed before the page listens wait for it, so that none is lost and Ctrl K does not
// end up in the browser's own search. What opens a field is the last one: the rest would be its text.
{
  const OLD = 5000;
  let held = [];
  let full = false;
  const hold = (event) => {
    if (event.target.closest?.('input, textarea, select')) return;
    const search = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    if (search) event.preventDefault();
    if (!full) held.push(event);
    full ||= search || event.key === '/';
  };
  addEventListener('keydown', hold);
  // The page listens from now on.
  globalThis.pgparityListens = () => removeEventListener('keydown', hold);
  // Everything is there: what was pressed is done.
  globalThis.pgparityKeys = () => {
    const young = held.filter((event) => performance.now() - event.timeStamp < OLD);
    held = [];
    for (const event of young) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', event));
  };
}
