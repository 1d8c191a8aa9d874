const ENDS_WITH_SEPARATOR = /\s*[-–—|·•:/«»<>]\s*$/u;

/** A title without the site's own name at its end (`Tents – Fernhill Outdoor`), where that name stands beside it. Whole when nothing else is in it. */
export function withoutSite(title: string, site: string): string {
  const whole = title.trimEnd();
  const at = whole.length - site.length;
  if (site === '' || at <= 0 || whole.slice(at).toLowerCase() !== site.toLowerCase()) return title;
  const rest = whole.slice(0, at);
  const cut = rest.replace(ENDS_WITH_SEPARATOR, '');
  return cut === rest || cut === '' ? title : cut;
}
