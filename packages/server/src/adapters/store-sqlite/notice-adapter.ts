import { MailBody } from '@foyer/protocol';
import * as v from 'valibot';
import type { NoticeStore } from '../../ports/notice-store.ts';
import type { CoreVerbs } from './core.worker.ts';
import type { DbThread } from './db-thread.ts';

/** The notice port over the writer's thread of core.db. */
export function sqliteNotices(core: DbThread<CoreVerbs>): NoticeStore {
  return {
    alerts: (q) => core.call('alerts', q),
    allAlerts: () => core.call('allAlerts'),
    addAlert: (q) => core.call('addAlert', q),
    changeAlert: (q) => core.call('changeAlert', q),
    deleteAlert: (q) => core.call('deleteAlert', q),
    pushDevices: (q) => core.call('pushDevices', q),
    putPushDevice: (q) => core.call('putPushDevice', q),
    deletePushDevice: (q) => core.call('deletePushDevice', q),
    dropPushEndpoint: (endpoint) => core.call('dropPushEndpoint', endpoint),
    mail: async (workspace) => {
      const found = await core.call('mail', workspace);
      if (found === null) return null;
      const { password = '', ...options } = v.parse(MailBody, JSON.parse(found.options));
      return { ...found, options: { ...options, password } };
    },
    putMail: (q) => core.call('putMail', { ...q, options: q.options === null ? null : JSON.stringify(q.options) }),
    noteMail: (q) => core.call('noteMail', q),
    queueMail: (job) => core.call('queueMail', job),
    dueMail: (q) => core.call('dueMail', q),
    nextMailAt: () => core.call('nextMailAt'),
    postponeMail: (q) => core.call('postponeMail', q),
    dropMail: (id) => core.call('dropMail', id),
    cancelMail: (q) => core.call('cancelMail', q),
    mailsQueued: (workspace) => core.call('mailsQueued', workspace),
    mailThread: (q) => core.call('mailThread', q),
    putMailThread: (q) => core.call('putMailThread', q),
  };
}
