/** Minified and written into the chunk as a text (build.ts). */
declare module '*.css' {
  const css: string;
  // oxlint-disable-next-line import/no-default-export
  export default css;
}
