/// <reference types="vite/client" />
/** Where the flags are, with their version; set by vite.config.ts. */
declare const __FLAGS_BASE__: string;
