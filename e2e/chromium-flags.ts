/** WebGL in software, which Chromium no longer chooses by itself; and nothing of the browser's own on the wire. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A browser without WebGL, as on a machine whose graphics are not to be trusted; and the faster one where no map is needed. */
export const CHROMIUM_FLAGS_WITHOUT_WEBGL = [
  ...CHROMIUM_FLAGS.filter((flag) => !/swiftshader|--use-gl/.test(flag)),
  '--use-angle=gl-egl',
  '--disable-gpu',
  '--disable-software-rasterizer',
];
