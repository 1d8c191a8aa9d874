// Before the first paint, and a file of its own because the page allows no inline script.
try {
  const theme = localStorage.getItem('foyer.theme');
  if (theme === 'light' || theme === 'auto') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be blocked: dark it is.
}
