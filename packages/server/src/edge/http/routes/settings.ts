import { SettingsPatch } from '@foyer/protocol';
import { applySettings, changedSettings, settingsProblems } from '../../../team/settings.ts';
import { SettingsAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';

export function settingsRoutes({ guarded }: Endpoints, { directory, store, clock }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/settings',
    tag: 'Settings',
    access: 'settings.change',
    status: 200,
    answer: SettingsAnswer,
    summary: 'Settings of the workspace',
    async handle({ actor }) {
      const settings = directory.settings(actor.workspace);
      return settings === null ? REFUSALS.notFound : reply(settings);
    },
  });

  guarded({
    method: 'patch',
    path: '/settings',
    tag: 'Settings',
    access: 'settings.change',
    status: 200,
    body: SettingsPatch,
    answer: SettingsAnswer,
    summary: 'Change settings; what is not said stays',
    about:
      '`tracking` acts at once on connected tabs: off ends running visits, on starts new ones. After a new `timeZone` the days of the reports move in the background.',
    async handle({ actor, body }) {
      const problems = settingsProblems(body);
      if (Object.keys(problems).length > 0) return invalid(problems);
      const before = directory.workspace(actor.workspace);
      if (before === null) return REFUSALS.notFound;
      if (body.tracking === true && !before.trackingInPlan) return REFUSALS.notInPlan;
      const after = await directory.changeWorkspace(actor.workspace, (now) => ({
        name: body.workspaceName ?? now.name,
        settings: applySettings(now.settings, body),
      }));
      if (after === null) return REFUSALS.notFound;
      const changed = changedSettings(before.settings, after.settings).map((name) => `${name}: ${JSON.stringify(after.settings[name])}`);
      if (after.name !== before.name) changed.push(`workspaceName: ${JSON.stringify(after.name)}`);
      if (changed.length > 0)
        await store.audit({
          workspace: actor.workspace,
          user: actor.user.id,
          at: clock.now(),
          action: 'settings.change',
          detail: changed.join(', '),
        });
      return reply(after.settings);
    },
  });
}
