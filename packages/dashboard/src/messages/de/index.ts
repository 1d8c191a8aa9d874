import type { Messages } from '../messages.ts';
import { analytics } from './analytics.ts';
import { history } from './history.ts';
import { requests } from './requests.ts';
import { replay } from './replay.ts';
import { rules } from './rules.ts';
import { table } from './table.ts';
import { blocks } from './blocks.ts';
import { look } from './look.ts';
import { composer } from './composer.ts';
import { chatSettings } from './chatSettings.ts';
import { entry } from './entry.ts';
import { first } from './first.ts';
import { inbox } from './inbox.ts';
import { keys } from './keys.ts';
import { map } from './map.ts';
import { monitor } from './monitor.ts';
import { notify } from './notify.ts';
import { palette } from './palette.ts';
import { profile } from './profile.ts';
import { seen } from './seen.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { visit } from './visit.ts';

export const de: Messages = {
  ...first,
  look,
  analytics,
  history,
  requests,
  replay,
  rules,
  table,
  blocks,
  chatSettings,
  composer,
  entry,
  inbox,
  keys,
  map,
  monitor,
  notify,
  palette,
  profile,
  seen,
  settings,
  start,
  visit,
};
