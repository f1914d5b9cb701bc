// Shows that the page could not start, or has stopped, with a report to take along. Loaded before everything
// that may fail, and on its own: nothing else may work any more.
{
  const element = (name) => document.getElementById(`failure-${name}`);
  // What stands in quotes may be a name or a value of a schema; addresses hold paths of a disk.
  const masked = (text) => text.replace(/["'`‘“][^]*["'`’”]/u, '…').replaceAll(/(^|[\s(])(\w+:\/)?\/\S*\//g, '$1');
  const stack = (error) => String(error?.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const report = (error, message) => {
    const { version, offline } = document.documentElement.dataset;
    const engine = document.querySelector('link[rel=preload][as=fetch]')?.integrity;
    return [
      `pgparity ${version ?? '(did not start)'}`,
      `what: ${masked(message)}`,
      `where: ${location.hash.split('?')[0] || '#/'}`,
      `edition: ${location.protocol} ${engine ?? 'in one file'}${offline ? `, offline ${offline}` : ''}`,
      `browser: ${navigator.userAgent}`,
      `window: ${innerWidth} × ${innerHeight}`,
      `when: ${new Date().toISOString()}, ${Math.round(performance.now() / 1000)} s after the start`,
      ...stack(error).map(masked),
    ].join('\n');
  };
  const say = (words) => { element('said').textContent = words; };
  const copy = () =>
    navigator.clipboard.writeText(element('report').textContent).then(
      () => say('The report is copied.'),
      () => say('The browser does not let this page copy: mark the report and copy it by hand.'),
    );
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([element('report').textContent], { type: 'text/plain' }));
    link.download = 'pgparity-failure.txt';
    link.click();
    URL.revokeObjectURL(link.href);
    say('The report is downloaded.');
  };
  globalThis.pgparityFailed = (error) => {
    const panel = document.getElementById('failure');
    if (!panel) {
      addEventListener('DOMContentLoaded', () => pgparityFailed(error), { once: true });
      return;
    }
    const message = String(error?.message ?? error);
    panel.hidden = false;
    // The first failure is what others come from.
    if (element('message').textContent) return;
    element('message').textContent = message;
    element('report').textContent = report(error, message);
    element('reload').onclick = () => location.reload();
    element('copy').onclick = copy;
    element('download').onclick = download;
    panel.scrollIntoView();
  };
}
addEventListener('error', (event) => pgparityFailed(event.error ?? event.message));
addEventListener('unhandledrejection', (event) => pgparityFailed(event.reason));
