/** The picture behind sign-in: Web Mercator in 1600 × 1000 pixels, zoom 1.35, with these pixels at longitude 0 and latitude 0. */
const PER_DEGREE = 3.6264;
const ZERO_X = 763.7;
const ZERO_Y = 618.3;
const SIZE = { width: 1_600, height: 1_000 };
/** Half of what is shown of it at most; the window stops at the picture's edges and the dot leaves its middle. */
const HALF = { width: 360, height: 90 };

const clamp = (n: number, half: number, size: number): number => Math.min(Math.max(n, half), size - half);

/** A small map of one place. The words beside it say the same. */
export function StaticMap({
  lat,
  lon,
  isApproximate,
  label,
}: {
  readonly lat: number;
  readonly lon: number;
  readonly isApproximate: boolean;
  readonly label: string;
}) {
  const rad = (Math.max(-72, Math.min(84, lat)) * Math.PI) / 180;
  const x = ZERO_X + lon * PER_DEGREE;
  const y = ZERO_Y - ((PER_DEGREE * 180) / Math.PI) * Math.log(Math.tan(Math.PI / 4 + rad / 2));
  const left = clamp(x, HALF.width, SIZE.width);
  const top = clamp(y, HALF.height, SIZE.height);
  return (
    <div className="seen-map" role="img" aria-label={label}>
      <div className="seen-map-world" style={{ marginInlineStart: -left, marginBlockStart: -top }}>
        <span
          className="seen-map-dot"
          data-approximate={isApproximate || undefined}
          data-status="active"
          style={{ insetInlineStart: x, insetBlockStart: y }}
        />
      </div>
    </div>
  );
}
