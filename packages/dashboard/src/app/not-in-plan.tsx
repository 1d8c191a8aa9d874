import { t } from '../messages/catalogue.ts';
import { AskWhom } from '../visitors/ask-whom.tsx';
import { useMe } from './session.ts';

/** A deep link to a screen that the workspace's plan leaves out. */
export function NotInPlan() {
  const { workspace } = useMe();
  return <AskWhom icon="eyeoff" title={t.shell.notInPlan} text={t.shell.notInPlanText(workspace.name)} />;
}
