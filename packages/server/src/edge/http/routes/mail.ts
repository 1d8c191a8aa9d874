import { MailBody, MailTestBody } from '@foyer/protocol';
import type { Actor } from '../../../team/sessions.ts';
import { KeyedBuckets, MAIL_TESTS_PER_WORKSPACE } from '../../rate-limits.ts';
import { MailAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { refuse, reply } from '../replies.ts';

export function mailRoutes({ guarded }: Endpoints, { mailer, store, clock }: HttpDeps): void {
  const tests = new KeyedBuckets(MAIL_TESTS_PER_WORKSPACE);
  const audit = (actor: Actor, action: string, detail: string): Promise<void> =>
    store.audit({ workspace: actor.workspace, user: actor.user.id, at: clock.now(), action, detail });

  guarded({
    method: 'get',
    path: '/mail',
    tag: 'Mail',
    access: 'settings.change',
    status: 200,
    answer: MailAnswer,
    summary: 'How mail is sent, and how the last one went; never the password',
    handle: async ({ actor }) => reply(await mailer.settings(actor.workspace)),
  });

  guarded({
    method: 'put',
    path: '/mail',
    tag: 'Mail',
    access: 'settings.change',
    status: 200,
    body: MailBody,
    answer: MailAnswer,
    summary: 'Set how mail is sent',
    about: 'Without `password` the one that is known stays, as long as server and user do.',
    async handle({ actor, body }) {
      const saved = await mailer.save(actor.workspace, body);
      await audit(actor, 'mail.set', `${body.host}:${body.port}, ${body.security}, from ${body.fromEmail}`);
      return reply(saved);
    },
  });

  guarded({
    method: 'delete',
    path: '/mail',
    tag: 'Mail',
    access: 'settings.change',
    status: 204,
    summary: 'Send no mail',
    async handle({ actor }) {
      await mailer.turnOff(actor.workspace);
      await audit(actor, 'mail.off', '');
      return reply(undefined);
    },
  });

  guarded({
    method: 'post',
    path: '/mail/test',
    tag: 'Mail',
    access: 'settings.change',
    status: 204,
    body: MailTestBody,
    refuses: [409, 429, 502],
    summary: 'Send a mail now, to see whether the settings are right',
    async handle({ actor, body }) {
      const waitMs = tests.take(actor.workspace, clock.mono());
      if (waitMs > 0) return refuse(429, 'too_fast', 'Too many test mails. Try again in a moment.', { retryAfterMs: waitMs });
      const done = await mailer.test(actor.workspace, body.to);
      return done.ok ? reply(undefined) : refuse(done.code === 'mail_off' ? 409 : 502, done.code, done.message);
    },
  });
}
