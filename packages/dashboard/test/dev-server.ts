/**
 * The scripted server with a day's worth of bustle, for working on the dashboard without the rest of Foyer:
 *   node packages/dashboard/test/dev-server.ts [visitors] [port]
 * then `FOYER_DEV_SERVER=http://127.0.0.1:<port> npx vite packages/dashboard`, or open the port itself for the last build.
 */
import { FakeServer } from './fake-server.ts';

const [, , count = '400', port = '8099'] = process.argv;
const server = await new FakeServer().start(Number(port));
server.fill(Number(count));
for (let i = 0; i < 5; i += 1) server.arrive({ filtered: i % 2 ? 'Bot: Googlebot' : 'Headless browser' });
console.log(`Dashboard with ${count} made-up visitors: ${server.url}`);

setInterval(() => {
  const visits = server.visits();
  const some = visits[Math.floor(Math.random() * visits.length)];
  if (!some) return;
  const roll = Math.random();
  if (roll < 0.25) server.arrive();
  else if (roll < 0.4) server.leave(some.id);
  else server.change(some.id, { lastActivityAt: Date.now(), online: true, status: 'active', pages: some.pages + 1 });
}, 500);
