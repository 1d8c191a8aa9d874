import type { GenerateSpecOptions } from 'hono-openapi';
import { SESSION_COOKIE } from '../../team/session-cookie.ts';

const ABOUT = `Sign in with \`POST /api/v1/login\` and send the cookie with everything else. Requests that change something are taken
from this origin only; a program that sends neither \`Origin\` nor \`Sec-Fetch-Site\` is no browser and is let through.
Refusals are \`{error: {code, message}}\`; the codes are stable. Live updates come over the console socket, \`/api/v1/live\`.`;

/** What the document says beside the routes. */
export function documentation(version: string): GenerateSpecOptions['documentation'] {
  return {
    info: { title: 'Foyer', version, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    tags: [
      'Entrance',
      'Sites',
      'Settings',
      'Team',
      'Visitors',
      'Filters',
      'Notes',
      'Blocks',
      'Conversations',
      'Canned replies',
      'Chat team',
      'Alerts',
      'Push',
      'Mail',
      'Reports',
    ].map((name) => ({ name })),
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE } } },
  };
}
