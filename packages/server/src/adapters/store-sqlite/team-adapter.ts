import * as v from 'valibot';
import { ContextEntry, type Goal, GoalEntry, type Settings, WIDGET_LOOK, type WidgetLook, WidgetLookPatch } from '@foyer/protocol';
import type { TeamStore, WorkspaceRecord } from '../../ports/team-store.ts';
import { newSettings } from '../../team/settings.ts';
import type { CoreVerbs } from './core.worker.ts';
import type { DbThread } from './db-thread.ts';

const DEFAULTS = newSettings('UTC');

/** Settings as they are read back: written by an older version they may lack a field, so each has its default. */
const StoredSettings = v.object({
  tracking: v.fallback(v.boolean(), DEFAULTS.tracking),
  timeZone: v.fallback(v.string(), DEFAULTS.timeZone),
  excludeOwnTeam: v.fallback(v.boolean(), DEFAULTS.excludeOwnTeam),
  excludedAddresses: v.fallback(v.array(v.string()), DEFAULTS.excludedAddresses),
  ipMask: v.fallback(v.picklist(['default', 'strong', 'none-stored']), DEFAULTS.ipMask),
  signals: v.fallback(v.picklist(['limit', 'off', 'ignore']), DEFAULTS.signals),
  cookieless: v.fallback(v.boolean(), DEFAULTS.cookieless),
  keepVisitsDays: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1)), DEFAULTS.keepVisitsDays),
  resolvedHoldMs: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), DEFAULTS.resolvedHoldMs),
}) satisfies v.GenericSchema<unknown, Settings>;

/** Field by field, for the same reason. */
const lookFields = WidgetLookPatch.entries;
function lookOf(stored: unknown): WidgetLook {
  const read = v.safeParse(v.record(v.string(), v.unknown()), stored);
  const said = Object.entries(read.success ? read.output : {}).filter(
    ([name, value]) => name in lookFields && v.is(lookFields[name as keyof typeof lookFields], value),
  );
  return { ...WIDGET_LOOK, ...Object.fromEntries(said) };
}

/** Rule by rule, for the same reason. */
function listOf<T>(stored: string, schema: v.GenericSchema<unknown, T>): T[] {
  const list: unknown = JSON.parse(stored);
  return Array.isArray(list) ? list.flatMap((entry) => (v.is(schema, entry) ? [v.parse(schema, entry)] : [])) : [];
}
function goalOf({ id = '', ...goal }: GoalEntry): Goal {
  return { id, ...goal };
}

/** The team port over the thread of core.db. */
export function sqliteTeam(core: DbThread<CoreVerbs>): TeamStore {
  return {
    loadAll: async () => {
      const { workspaces, sites, blocks, looks, rules } = await core.call('loadAll');
      const rulesOf = (of: 'contexts' | 'goals') => rules.filter(([, what]) => what === of);
      return {
        workspaces: workspaces.map((w): WorkspaceRecord => ({ ...w, settings: v.parse(StoredSettings, JSON.parse(w.settings)) })),
        sites,
        blocks,
        looks: new Map(looks.map(([site, look]) => [site, lookOf(JSON.parse(look))])),
        contexts: new Map(rulesOf('contexts').map(([site, , list]) => [site, listOf(list, ContextEntry)])),
        goals: new Map(rulesOf('goals').map(([site, , list]) => [site, listOf(list, GoalEntry).map(goalOf)])),
      };
    },
    secret: (name, make) => core.call('secret', { name, make }),
    isSetUp: () => core.call('isSetUp'),
    putSetupToken: (hash) => core.call('putSetupToken', hash),
    setUp: (q) => core.call('setUp', { ...q, workspace: { ...q.workspace, settings: JSON.stringify(q.workspace.settings) } }),
    userByEmail: (email) => core.call('userByEmail', email),
    user: (id) => core.call('user', id),
    members: (workspace) => core.call('members', workspace),
    setRole: (q) => core.call('setRole', q),
    removeMember: (q) => core.call('removeMember', q),
    putSession: (session) => core.call('putSession', session),
    session: (idHash) => core.call('session', idHash),
    touchSession: (q) => core.call('touchSession', q),
    endSession: (idHash) => core.call('endSession', idHash),
    teamAddresses: (q) => core.call('teamAddresses', q),
    putInvitation: (invitation) => core.call('putInvitation', invitation),
    invitationByToken: (q) => core.call('invitationByToken', q),
    invitations: (q) => core.call('invitations', q),
    deleteInvitation: (q) => core.call('deleteInvitation', q),
    acceptInvitation: (q) => core.call('acceptInvitation', q),
    putSite: (site) => core.call('putSite', site),
    deleteSite: (q) => core.call('deleteSite', q),
    identitySecrets: () => core.call('identitySecrets'),
    identitySecret: (q) => core.call('identitySecret', q),
    rotateIdentitySecret: (q) => core.call('rotateIdentitySecret', q),
    claimVisitor: (q) => core.call('claimVisitor', q),
    siteSeen: (q) => core.call('siteSeen', q),
    putWorkspace: (q) => core.call('putWorkspace', { ...q, settings: JSON.stringify(q.settings) }),
    putBlock: (block) => core.call('putBlock', block),
    deleteBlock: (q) => core.call('deleteBlock', q),
    dropEndedBlocks: (now) => core.call('dropEndedBlocks', now),
    putLook: (q) => core.call('putLook', { ...q, look: JSON.stringify(q.look) }),
    putContexts: ({ entries, ...q }) => core.call('putSiteRules', { ...q, what: 'contexts', rules: JSON.stringify(entries) }),
    putGoals: ({ goals, ...q }) => core.call('putSiteRules', { ...q, what: 'goals', rules: JSON.stringify(goals) }),
    filters: (q) => core.call('filters', q),
    addFilter: (q) => core.call('addFilter', q),
    changeFilter: (q) => core.call('changeFilter', q),
    deleteFilter: (q) => core.call('deleteFilter', q),
    notes: (q) => core.call('notes', q),
    addNote: (q) => core.call('addNote', q),
    deleteNote: (q) => core.call('deleteNote', q),
    notedVisitors: (q) => core.call('notedVisitors', q),
    deleteNotesOf: (q) => core.call('deleteNotesOf', q),
    audit: (entry) => core.call('audit', entry),
    close: () => core.close(),
  };
}
