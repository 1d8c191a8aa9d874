/** What people paste as their domain, down to the domain: `https://Shop.example.com/cart` → `shop.example.com`. A port stays. */
export function domainOf(text: string): string {
  const bare = text
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/[/?#].*$/, '');
  return bare.toLowerCase();
}
