// Shows in words that the page could not start, or has stopped. Loaded before everything that may fail.
globalThis.pgparityFailed = (error) => {
  document.getElementById('failure').hidden = false;
  const text = document.getElementById('failure-message');
  text.textContent ||= String(error?.message ?? error);
};
addEventListener('error', (event) => pgparityFailed(event.error ?? event.message));
addEventListener('unhandledrejection', (event) => pgparityFailed(event.reason));
