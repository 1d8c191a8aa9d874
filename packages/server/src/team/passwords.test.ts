import { expect, test } from 'vitest';
import { Passwords } from './passwords.ts';

test('[TM5] a password is kept as argon2id with 19 MiB and two passes, differently each time', async () => {
  const passwords = new Passwords();
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.matches(one, 'correct horse')).toBe(true);
  expect(await passwords.matches(one, 'correct horsf')).toBe(false);
});

test('[TM6] without a stored password the same work is done, and nothing matches, the decoy’s own word included', async () => {
  const passwords = new Passwords();
  expect(await passwords.matches(null, 'nobody has this password')).toBe(false);
});

test('[TM12] 52 are taken at once, and the next is turned away until there is room', async () => {
  const passwords = new Passwords();
  const taken = Array.from({ length: 52 }, () => passwords.matches(null, 'x'));
  expect(await passwords.matches(null, 'x')).toBeNull();
  expect(await Promise.all(taken)).toEqual(taken.map(() => false));
  expect(await passwords.matches(null, 'x')).toBe(false);
});
