/** How the world lies on the screen in one frame; what the pins' shader is given, so both put a pin at the same pixel. */
export type Camera =
  | {
      readonly kind: 'flat';
      /** Pixels of the world's width. */
      readonly worldPx: number;
      /** Pixels of Mercator's 0, 0. */
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'globe';
      /** Column-major, for points of the unit sphere. */
      readonly matrix: ArrayLike<number>;
      /** Column-major, for Mercator 0–1. */
      readonly flatMatrix: ArrayLike<number>;
      readonly horizon: readonly [number, number, number, number];
      /** 1 a sphere, 0 flat: near zoom 6 the one becomes the other. */
      readonly globeness: number;
      readonly width: number;
      readonly height: number;
    };

/** Pins off the screen by this much still reach into it. */
export const EDGE_PX = 40;

export interface ScreenPoint {
  x: number;
  y: number;
  /** On this side of the globe. A point off the screen is visible too. */
  visible: boolean;
}

/** Where a point of Mercator 0–1 is. `into` is filled and answered, so that five thousand pins make no garbage. */
export function project(camera: Camera, x: number, y: number, into: ScreenPoint): ScreenPoint {
  if (camera.kind === 'flat') {
    into.x = camera.left + x * camera.worldPx;
    into.y = camera.top + y * camera.worldPx;
    into.visible = true;
    return into;
  }
  // The sphere's point as MapLibre's `projectToSphere` has it.
  const t = Math.exp(Math.PI - y * Math.PI * 2);
  const cosine = (2 * t) / (t * t + 1);
  const angle = x * Math.PI * 2 + Math.PI;
  const sx = Math.sin(angle) * cosine;
  const sy = (t * t - 1) / (t * t + 1);
  const sz = Math.cos(angle) * cosine;
  const { matrix: m, flatMatrix: f, horizon, globeness: g } = camera;
  let px = m[0]! * sx + m[4]! * sy + m[8]! * sz + m[12]!;
  let py = m[1]! * sx + m[5]! * sy + m[9]! * sz + m[13]!;
  let pw = m[3]! * sx + m[7]! * sy + m[11]! * sz + m[15]!;
  if (g < 0.999) {
    px = g * px + (1 - g) * (f[0]! * x + f[4]! * y + f[12]!);
    py = g * py + (1 - g) * (f[1]! * x + f[5]! * y + f[13]!);
    pw = g * pw + (1 - g) * (f[3]! * x + f[7]! * y + f[15]!);
  }
  into.x = ((px / pw + 1) / 2) * camera.width;
  into.y = ((1 - py / pw) / 2) * camera.height;
  // Half flat already, the horizon has opened: as in the shader, it counts from a fifth on.
  into.visible = g < 0.2 || sx * horizon[0] + sy * horizon[1] + sz * horizon[2] + horizon[3] >= 0;
  return into;
}

/** Numbers of the world's copies that are on the screen, 0 the one around Greenwich. A globe has one. */
export function copiesOnScreen(camera: Camera, marginPx: number): number[] {
  if (camera.kind === 'globe') return [0];
  const first = Math.floor((-marginPx - camera.left) / camera.worldPx);
  const last = Math.floor((camera.width + marginPx - camera.left) / camera.worldPx);
  const copies: number[] = [];
  for (let copy = first; copy <= last && copies.length < 5; copy += 1) copies.push(copy);
  return copies;
}

/** Whether a point of Mercator 0–1 is to be seen, `marginPx` beyond the edges included, in any of the world's copies. Leaves it in `into`. */
export function isOnScreen(camera: Camera, x: number, y: number, marginPx: number, into: ScreenPoint): boolean {
  project(camera, x, y, into);
  if (!into.visible || into.y < -marginPx || into.y > camera.height + marginPx) return false;
  if (camera.kind === 'globe') return into.x > -marginPx && into.x < camera.width + marginPx;
  const offset = (((into.x + marginPx) % camera.worldPx) + camera.worldPx) % camera.worldPx;
  return offset < camera.width + 2 * marginPx;
}

/**
 * The globe's edge on the screen: its middle and its radius in pixels. The horizon is the circle where the plane cuts the sphere; one
 * of its points, projected, is a point of the edge.
 */
export function globeEdge(camera: Extract<Camera, { kind: 'globe' }>): { readonly x: number; readonly y: number; readonly radius: number } {
  const [nx, ny, nz, d] = camera.horizon;
  const length = Math.hypot(nx, ny, nz);
  const across = Math.sqrt(Math.max(0, 1 - (d / length) ** 2));
  // Any direction along the plane: the normal turned out of its own line.
  const side = Math.hypot(nz, nx) > 1e-6 ? [nz, 0, -nx] : [1, 0, 0];
  const sideLength = Math.hypot(...side);
  const at = (i: number): number => (-(camera.horizon[i] ?? 0) * d) / length ** 2 + ((side[i] ?? 0) / sideLength) * across;
  const rim = toScreen(camera, at(0), at(1), at(2));
  const middle = toScreen(camera, 0, 0, 0);
  return { x: middle.x, y: middle.y, radius: Math.hypot(rim.x - middle.x, rim.y - middle.y) };
}

function toScreen(
  { matrix: m, width, height }: Extract<Camera, { kind: 'globe' }>,
  x: number,
  y: number,
  z: number,
): { x: number; y: number } {
  const px = m[0]! * x + m[4]! * y + m[8]! * z + m[12]!;
  const py = m[1]! * x + m[5]! * y + m[9]! * z + m[13]!;
  const pw = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  return { x: ((px / pw + 1) / 2) * width, y: ((1 - py / pw) / 2) * height };
}
