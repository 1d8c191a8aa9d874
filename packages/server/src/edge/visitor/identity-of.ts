interface Identify {
  readonly id?: string | undefined;
  readonly hash?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly data?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

/**
 * The name to show and the identity to keep. Typed, not verified: a site has no identity secret yet, so a `hash` proves nothing and is dropped.
 */
export function identityOf(frame: Identify): { name: string; identity: string } {
  const name = (frame.name ?? frame.email ?? frame.id ?? '').trim();
  return { name, identity: JSON.stringify({ id: frame.id ?? '', email: frame.email ?? '', verified: false, data: frame.data ?? {} }) };
}
