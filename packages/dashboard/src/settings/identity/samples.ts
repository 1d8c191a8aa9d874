/** What computes the hash on the site's own server, by language: each answers it for a text under the secret in the environment. */
export const SAMPLES = {
  'Node.js': `import { createHmac } from 'node:crypto';

export const foyerHash = (id) =>
  createHmac('sha256', process.env.FOYER_IDENTITY_SECRET).update(String(id)).digest('hex');
`,
  PHP: `function foyer_hash($id) {
  return hash_hmac('sha256', (string) $id, getenv('FOYER_IDENTITY_SECRET'));
}
`,
  Python: `import hashlib, hmac, os

def foyer_hash(id):
    key = os.environ['FOYER_IDENTITY_SECRET'].encode()
    return hmac.new(key, str(id).encode(), hashlib.sha256).hexdigest()
`,
  Ruby: `require 'openssl'

def foyer_hash(id)
  OpenSSL::HMAC.hexdigest('SHA256', ENV.fetch('FOYER_IDENTITY_SECRET'), id.to_s)
end
`,
} as const;
export type SampleLanguage = keyof typeof SAMPLES;

/** What the page says with it. */
export const PAGE_SAMPLE = `foyer('identify', {
  id: '4711',
  hash: '…', // computed on your server
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  data: { orders: 12, club: true },
});
`;
