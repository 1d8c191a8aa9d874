import { can, maskFor } from '@foyer/domain';
import { parseFilter, usesField } from '@foyer/domain/rules';
import { FilterBody, FilterPatch, type Role } from '@foyer/protocol';
import type { By, Conflict, FilterRecord } from '../../../ports/team-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { SavedFilterAnswer, SavedFiltersAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, refuse, reply, type Refusal } from '../replies.ts';
import { savedFilterOf } from '../shapes.ts';

/** More than anybody finds again in a list; a bound because everybody's console reads them all. */
const MOST = { own: 100, shared: 200 };

export function filtersRoutes({ guarded }: Endpoints, { directory, store, clock }: HttpDeps): void {
  const audit = (actor: Actor, action: string, filter: Pick<FilterRecord, 'name' | 'filter'>): Promise<void> =>
    store.audit({
      workspace: actor.workspace,
      user: actor.user.id,
      at: clock.now(),
      action,
      detail: `${filter.name}: ${filter.filter}`,
    });
  const visible = async (actor: Actor, id: string): Promise<By<FilterRecord> | undefined> =>
    (await store.filters({ workspace: actor.workspace, user: actor.user.id })).find((filter) => filter.id === id);

  guarded({
    method: 'get',
    path: '/filters',
    tag: 'Filters',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    answer: SavedFiltersAnswer,
    summary: 'Saved filters: your own, and those that members share, by name',
    about: 'Without those that name a field the role may not see.',
    async handle({ actor }) {
      const filters = await store.filters({ workspace: actor.workspace, user: actor.user.id });
      return reply(
        filters.filter(({ filter }) => filterProblem(actor.role, filter) === null).map((filter) => savedFilterOf(actor, filter)),
      );
    },
  });

  guarded({
    method: 'post',
    path: '/filters',
    tag: 'Filters',
    access: 'visitors.see',
    tracking: true,
    status: 201,
    body: FilterBody,
    answer: SavedFilterAnswer,
    refuses: [409],
    summary: 'Save a filter',
    about: `At most ${MOST.own} of your own and ${MOST.shared} shared ones: then 409 \`too_many\`.`,
    async handle({ actor, body }) {
      const problem = filterProblem(actor.role, body.filter);
      if (problem) return problem;
      const now = clock.now();
      const filter: FilterRecord = { id: freshId(now), workspace: actor.workspace, ...body, createdAt: now, createdBy: actor.user.id };
      const done = await store.addFilter({ filter, most: MOST });
      if (done !== true) return refusalOf(done, filter.shared);
      directory.keepingChanged(actor.workspace, 'filters');
      if (filter.shared) await audit(actor, 'filter.share', filter);
      return reply(savedFilterOf(actor, { ...filter, by: actor.user.name }));
    },
  });

  guarded({
    method: 'patch',
    path: '/filters/:id',
    tag: 'Filters',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    body: FilterPatch,
    answer: SavedFilterAnswer,
    refuses: [409],
    summary: 'Change a filter; what is not said stays',
    about: "Your own; owners and admins also those that are shared, but nobody makes somebody else's private.",
    async handle({ actor, body, param }) {
      const before = await visible(actor, param('id'));
      if (before === undefined) return REFUSALS.notFound;
      if (!mayChange(actor, before) || (body.shared === false && before.createdBy !== actor.user.id)) return REFUSALS.notAllowed;
      const problem = body.filter === undefined ? null : filterProblem(actor.role, body.filter);
      if (problem) return problem;
      const done = await store.changeFilter({ workspace: actor.workspace, id: before.id, patch: body, most: MOST });
      const { name = before.name, filter = before.filter, shared = before.shared } = body;
      const after = { ...before, name, filter, shared };
      if (done !== true) return refusalOf(done, after.shared);
      directory.keepingChanged(actor.workspace, 'filters');
      if (before.shared || after.shared) await audit(actor, after.shared && !before.shared ? 'filter.share' : 'filter.change', after);
      return reply(savedFilterOf(actor, after));
    },
  });

  guarded({
    method: 'delete',
    path: '/filters/:id',
    tag: 'Filters',
    access: 'visitors.see',
    tracking: true,
    status: 204,
    summary: 'Delete a filter: your own; owners and admins also shared ones',
    async handle({ actor, param }) {
      const filter = await visible(actor, param('id'));
      if (filter === undefined) return REFUSALS.notFound;
      if (!mayChange(actor, filter)) return REFUSALS.notAllowed;
      if (!(await store.deleteFilter({ workspace: actor.workspace, id: filter.id }))) return REFUSALS.notFound;
      directory.keepingChanged(actor.workspace, 'filters');
      if (filter.shared) await audit(actor, 'filter.delete', filter);
      return reply(undefined);
    },
  });
}

const mayChange = (actor: Actor, filter: FilterRecord): boolean =>
  filter.createdBy === actor.user.id || (filter.shared && can(actor.role, 'kept.manage'));

/** A filter is kept only if the bar would take it from this role: in the words that the bar would refuse it in. */
export function filterProblem(role: Role, text: string): Refusal | null {
  const parsed = parseFilter(text);
  const bad = (code: string, message: string): Refusal => refuse(422, code, message, { fields: { filter: message } });
  if (!parsed.ok) return bad('bad_filter', parsed.error.message);
  if (parsed.value.terms.length === 0) return bad('bad_filter', 'This filter says nothing to look for yet.');
  const hidden = maskFor(role).find((field) => usesField(parsed.value, field as Parameters<typeof usesField>[1]));
  return hidden === undefined ? null : bad('not_allowed', `Your role cannot see “${hidden}”, so it cannot filter by it.`);
}

function refusalOf({ conflict }: Conflict, shared: boolean): Refusal {
  if (conflict !== 'too_many') return REFUSALS.notFound;
  const message = shared
    ? `The workspace has ${MOST.shared} shared filters already. Delete one first.`
    : `You have ${MOST.own} filters already. Delete one first.`;
  return refuse(409, 'too_many', message);
}
