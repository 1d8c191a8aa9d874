import { AlertBody, AlertPatch, MOST_ALERTS } from '@foyer/protocol';
import type { AlertRecord } from '../../../ports/notice-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { AlertAnswer, AlertsAnswer } from '../chat-answers.ts';
import { alertOf } from '../chat-shapes.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, refuse, type Refusal, reply } from '../replies.ts';
import { filterProblem } from './filters.ts';

/** Everybody's own: nobody sees or changes another's. */
export function alertsRoutes({ guarded }: Endpoints, { notices, alerts, directory, clock }: HttpDeps): void {
  const of = (actor: Actor): { workspace: string; user: string } => ({ workspace: actor.workspace, user: actor.user.id });

  function problemOf(actor: Actor, { kind, filter, site }: Pick<AlertRecord, 'kind' | 'filter' | 'site'>): Refusal | null {
    if (site !== '' && directory.site(site)?.workspace !== actor.workspace) return invalid({ site: 'there is no such site' });
    if (filter === '') return kind === 'page' ? invalid({ filter: 'which page? Such as page:/checkout' }) : null;
    return kind === 'chat' ? invalid({ filter: 'an alert of new chats has none' }) : filterProblem(actor.role, filter);
  }

  guarded({
    method: 'get',
    path: '/alerts',
    tag: 'Alerts',
    access: 'chat',
    status: 200,
    answer: AlertsAnswer,
    summary: 'Your own alerts, oldest first',
    handle: async ({ actor }) => reply((await notices.alerts(of(actor))).map(alertOf)),
  });

  guarded({
    method: 'post',
    path: '/alerts',
    tag: 'Alerts',
    access: 'chat',
    status: 201,
    body: AlertBody,
    answer: AlertAnswer,
    refuses: [409],
    summary: 'Be told when a visit begins (visitor), comes to match (page), or a chat begins (chat)',
    about: `Once for each visit. \`filter\` is as in the filter bar. At most ${MOST_ALERTS}: then 409 \`too_many\`.`,
    async handle({ actor, body }) {
      const problem = problemOf(actor, body);
      if (problem) return problem;
      const now = clock.now();
      const alert: AlertRecord = { id: freshId(now), ...of(actor), ...body, createdAt: now };
      if ((await notices.addAlert({ alert, most: MOST_ALERTS })) !== true)
        return refuse(409, 'too_many', `You have ${MOST_ALERTS} alerts already. Delete one first.`);
      alerts.changed(actor.workspace);
      return reply(alertOf(alert));
    },
  });

  guarded({
    method: 'patch',
    path: '/alerts/:id',
    tag: 'Alerts',
    access: 'chat',
    status: 200,
    body: AlertPatch,
    answer: AlertAnswer,
    summary: 'Change an alert; what is not said stays',
    async handle({ actor, body, param }) {
      const before = (await notices.alerts(of(actor))).find(({ id }) => id === param('id'));
      if (before === undefined) return REFUSALS.notFound;
      const { kind = before.kind, filter = before.filter, site = before.site } = body;
      const problem = problemOf(actor, { kind, filter, site });
      if (problem) return problem;
      const after = await notices.changeAlert({ ...of(actor), id: before.id, patch: body });
      if (after === null) return REFUSALS.notFound;
      alerts.changed(actor.workspace);
      return reply(alertOf(after));
    },
  });

  guarded({
    method: 'delete',
    path: '/alerts/:id',
    tag: 'Alerts',
    access: 'chat',
    status: 204,
    summary: 'Delete an alert',
    async handle({ actor, param }) {
      if (!(await notices.deleteAlert({ ...of(actor), id: param('id') }))) return REFUSALS.notFound;
      alerts.changed(actor.workspace);
      return reply(undefined);
    },
  });
}
