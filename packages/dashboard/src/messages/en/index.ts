import { entry } from './entry.ts';
import { map } from './map.ts';
import { monitor } from './monitor.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { visitors } from './visitors.ts';
import { words } from './words.ts';

export const en = { entry, map, monitor, settings, shell, visitors, words } as const;
