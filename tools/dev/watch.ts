import { watch } from 'node:fs';

/** An editor writes a file in several steps, a checkout many files: one call for what comes this close together. */
const QUIET_MS = 100;

/** Calls `onChange` after something changed under the folders. Tests are no part of what runs. Answers a function that ends it. */
export function watchFolders(folders: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, path) => {
      if (path !== null && /\.test\.tsx?$|~$|\.sw.$/.test(path)) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
