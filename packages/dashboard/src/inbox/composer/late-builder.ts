import { late } from '../../ui/late.tsx';

/** Wanted rarely, so it has a file of its own. */
export const Builder = late(() => import('./builder.tsx').then((module) => module.Builder));
