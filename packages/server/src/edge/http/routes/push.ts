import { MOST_PUSH_DEVICES, PushBody } from '@foyer/protocol';
import { deviceOf } from '../chat-shapes.ts';
import { PushDeviceAnswer, PushDevicesAnswer, PushKeyAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';

export function pushRoutes({ guarded }: Endpoints, { pushes, notices }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/push/key',
    tag: 'Push',
    access: 'chat',
    status: 200,
    answer: PushKeyAnswer,
    summary: 'The key that a browser subscribes with',
    handle: async () => reply({ key: pushes.key }),
  });

  guarded({
    method: 'get',
    path: '/push/devices',
    tag: 'Push',
    access: 'chat',
    status: 200,
    answer: PushDevicesAnswer,
    summary: 'Your own browsers that are told when no tab of the dashboard is open, oldest first',
    handle: async ({ actor }) => reply((await notices.pushDevices({ workspace: actor.workspace, user: actor.user.id })).map(deviceOf)),
  });

  guarded({
    method: 'post',
    path: '/push/devices',
    tag: 'Push',
    access: 'chat',
    status: 201,
    body: PushBody,
    answer: PushDeviceAnswer,
    summary: 'Tell this browser',
    about: `At most ${MOST_PUSH_DEVICES}; beyond them the oldest goes. The endpoint must be a public https address.`,
    async handle({ actor, body }) {
      const device = await pushes.subscribe({ workspace: actor.workspace, user: actor.user.id }, body);
      return device === 'bad_endpoint'
        ? invalid({ endpoint: 'no push service at a public address, or keys that are none' })
        : reply(device);
    },
  });

  guarded({
    method: 'delete',
    path: '/push/devices/:id',
    tag: 'Push',
    access: 'chat',
    status: 204,
    summary: 'Tell a browser no more',
    async handle({ actor, param }) {
      const done = await notices.deletePushDevice({ workspace: actor.workspace, user: actor.user.id, id: param('id') });
      return done ? reply(undefined) : REFUSALS.notFound;
    },
  });
}
