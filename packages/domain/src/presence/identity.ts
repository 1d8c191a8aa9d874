/** JSON text of an identity, as the page told it, with `verified` when the site has proved it. */
const read = (identity: string): { readonly verified?: unknown } => JSON.parse(identity) as { readonly verified?: unknown };

export const isVerified = (identity: string | undefined): boolean =>
  identity !== undefined && identity !== '' && read(identity).verified === true;

/** The same, without the proof. */
export const asTold = (identity: string): string =>
  isVerified(identity) ? JSON.stringify({ ...read(identity), verified: false }) : identity;
