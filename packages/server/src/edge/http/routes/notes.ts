import { can } from '@foyer/domain';
import { NoteBody } from '@foyer/protocol';
import type { NoteRecord } from '../../../ports/team-store.ts';
import { freshId } from '../../../team/tokens.ts';
import { NoteAnswer, NotesAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { isKnownVisitor } from '../known-visitor.ts';
import { REFUSALS, refuse, reply } from '../replies.ts';
import { noteOf } from '../shapes.ts';

/** About one visitor: 800 kB at most, read whole when the visitor is opened. */
const MOST = 200;

export function notesRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const { directory, store, clock } = deps;

  guarded({
    method: 'get',
    path: '/visitors/:id/notes',
    tag: 'Notes',
    access: 'visitors.see',
    status: 200,
    answer: NotesAnswer,
    summary: "Notes about a visitor, newest first, by the visitor's id",
    about: `At most ${MOST}. They are kept as long as the visitor is.`,
    handle: async ({ actor, param }) =>
      reply((await store.notes({ workspace: actor.workspace, visitor: param('id') })).map((note) => noteOf(actor, note))),
  });

  guarded({
    method: 'post',
    path: '/visitors/:id/notes',
    tag: 'Notes',
    access: 'visitors.see',
    status: 201,
    body: NoteBody,
    answer: NoteAnswer,
    refuses: [409],
    summary: 'Write a note about a visitor; every member can read it',
    async handle({ actor, body, param }) {
      const visitor = param('id');
      if (!(await isKnownVisitor(deps, { workspace: actor.workspace, visitor }))) return REFUSALS.notFound;
      const now = clock.now();
      const note: NoteRecord = {
        id: freshId(now),
        workspace: actor.workspace,
        visitor,
        text: body.text,
        createdAt: now,
        createdBy: actor.user.id,
      };
      if ((await store.addNote({ note, most: MOST })) !== true)
        return refuse(409, 'too_many', `There are ${MOST} notes about this visitor already. Delete one first.`);
      directory.keepingChanged(actor.workspace, 'notes');
      return reply(noteOf(actor, { ...note, by: actor.user.name }));
    },
  });

  guarded({
    method: 'delete',
    path: '/visitors/:id/notes/:note',
    tag: 'Notes',
    access: 'visitors.see',
    status: 204,
    summary: "Delete a note: your own; owners and admins also others'",
    async handle({ actor, param }) {
      const q = { workspace: actor.workspace, visitor: param('id') };
      const note = (await store.notes(q)).find(({ id }) => id === param('note'));
      if (note === undefined) return REFUSALS.notFound;
      const isOwn = note.createdBy === actor.user.id;
      if (!isOwn && !can(actor.role, 'kept.manage')) return REFUSALS.notAllowed;
      if (!(await store.deleteNote({ ...q, id: note.id }))) return REFUSALS.notFound;
      directory.keepingChanged(actor.workspace, 'notes');
      // Whose and about whom, not what it said: it was deleted.
      if (!isOwn)
        await store.audit({
          workspace: actor.workspace,
          user: actor.user.id,
          at: clock.now(),
          action: 'note.delete',
          detail: `about ${note.visitor}, by ${note.by || note.createdBy}`,
        });
      return reply(undefined);
    },
  });
}
