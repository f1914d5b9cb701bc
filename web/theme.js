// Sets the chosen colours before the first paint.
{
  let theme = null;
  try {
    theme = JSON.parse(localStorage.getItem('pgparity.theme'));
  } catch {
    // Without storage, or with something else in it, the system's colours stay.
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
