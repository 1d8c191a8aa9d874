import { BADGE_HEIGHT, BADGE_PAD, FIGURE_PX, OFFSETS, OVER_PX, POINT_PX, RING_GAP_PX } from '../core/badge-layout.ts';
import { FLAG, SIGNS } from '../core/pin-buffer.ts';

/** What MapLibre says about the projection in use. */
export interface ProjectionShader {
  readonly vertexShaderPrelude: string;
  readonly define: string;
}

const glsl = (n: number): string => (Number.isInteger(n) ? `${n}.0` : String(n));

/** Both programs share the pin's bytes (pin-buffer.ts) and where it is. Positions beyond the horizon are clipped by their z. */
const head = (projection: ProjectionShader): string => `#version 300 es
${projection.vertexShaderPrelude}
${projection.define}
layout(location = 0) in vec2 a_corner;
layout(location = 1) in vec2 a_position;
layout(location = 2) in vec4 a_ring;
layout(location = 3) in vec4 a_look;
layout(location = 4) in vec4 a_signs;
uniform vec2 u_pixel;
uniform float u_scale;
uniform float u_copy;
uniform float u_hovered;
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
vec4 at(vec2 offset) {
  vec4 p = projectTile(a_position + vec2(u_copy, 0.0));
  return vec4(p.xy + offset * vec2(1.0, -1.0) * u_pixel * p.w, p.zw);
}
`;

export const pinVertex = (projection: ProjectionShader): string => `${head(projection)}
out vec2 v_at;
flat out float v_radius;
flat out vec4 v_ring;
flat out int v_look;
void main() {
  int look = int(a_look.x + 0.5);
  float radius = a_look.y / 8.0;
  float scale = u_scale * (float(gl_InstanceID) == u_hovered ? 1.14 : 1.0);
  bool glows = (look & ${FLAG.glow}) != 0;
  float reach = radius * (glows ? 1.42 : 1.0) + 1.0;
  v_at = a_corner * reach;
  v_radius = radius;
  v_ring = a_ring;
  v_look = look;
  gl_Position = radius == 0.0 ? NOWHERE : at(a_corner * reach * scale);
}`;

/**
 * From outside in: glow, gap, ring of shares, gap, core. Distances are in the pin's own pixels, whatever the scale.
 * The ring leaves 1.6 px between two colours, as the legend's dots do; dashes mean that only the country is known.
 */
export const PIN_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_at;
flat in float v_radius;
flat in vec4 v_ring;
flat in int v_look;
uniform vec3 u_colours[5];
uniform vec3 u_gap;
uniform float u_soft;
out vec4 colour;
float inside(float edge, float d) { return clamp((edge - d) / u_soft + 0.5, 0.0, 1.0); }
void main() {
  float d = length(v_at);
  bool single = (v_look & ${FLAG.single}) != 0;
  bool approximate = (v_look & ${FLAG.approximate}) != 0;
  vec3 core = u_colours[v_look & 7];
  vec3 body = u_gap;
  if (!single || approximate) {
    float r = v_radius - 2.25;
    float turn = fract(atan(v_at.x, -v_at.y) / 6.2831853 + 1.0);
    vec3 ring = u_colours[4];
    float from = 0.0;
    float apart = 100.0;
    float parts = 0.0;
    for (int i = 0; i < 5; i++) {
      float to = i == 4 ? 1.0 : v_ring[i];
      if (to <= from) continue;
      parts += 1.0;
      if (turn >= from && turn < to) ring = u_colours[i];
      float off = abs(turn - from);
      apart = min(apart, min(off, 1.0 - off) * 6.2831853 * r);
      from = to;
    }
    float band = inside(1.0, abs(d - r));
    if (parts > 1.5) band *= clamp((apart - 0.8) / u_soft + 0.5, 0.0, 1.0);
    if (approximate) band *= step(fract(turn * 8.0), 0.6);
    body = mix(body, ring, band);
  }
  float reach = approximate || !single ? v_radius - 5.65 : v_radius - 1.5;
  float filled = inside(reach, d);
  if ((v_look & ${FLAG.hollow}) != 0) filled -= inside(reach - max(1.4, reach * 0.42), d);
  body = mix(body, core, filled);
  float disc = inside(v_radius, d);
  float glow = (v_look & ${FLAG.glow}) != 0 ? 0.26 * inside(v_radius * 1.4, d) : 0.0;
  colour = vec4(body * disc + core * glow * (1.0 - disc), disc + glow * (1.0 - disc));
}`;

export const badgeVertex = (projection: ProjectionShader): string => `${head(projection)}
const vec4 OFFSETS[${OFFSETS.length}] = vec4[](${OFFSETS.map((to) => `vec4(${to.map(glsl).join(', ')})`).join(', ')});
out vec2 v_at;
flat out float v_half;
flat out vec4 v_signs;
void main() {
  int spot = int(a_look.z + 0.5);
  float width = a_look.w / 4.0;
  // As badgeOffset() in core/badge-layout.ts has it.
  float ring = a_look.y / 8.0 * u_scale - ${glsl(RING_GAP_PX)};
  vec4 to = spot < ${OFFSETS.length} ? OFFSETS[spot] : vec4(0.0);
  vec2 middle = vec2(to.x * ring + to.y * (width / 2.0 - ${glsl(OVER_PX)}), to.z * ring + to.w);
  vec2 reach = vec2(width / 2.0 + 1.5, ${glsl(BADGE_HEIGHT / 2 + 1.5)});
  v_at = a_corner * reach;
  v_half = width / 2.0;
  v_signs = a_signs;
  gl_Position = spot >= ${OFFSETS.length} ? NOWHERE : at(middle + v_at);
}`;

/** A rounded count: its signs out of the atlas, in the fill's colour, in a gap. */
export const BADGE_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_at;
flat in float v_half;
flat in vec4 v_signs;
uniform vec3 u_fill;
uniform vec3 u_text;
uniform vec3 u_gap;
uniform float u_soft;
uniform sampler2D u_atlas;
out vec4 colour;
float advance(float sign) { return sign > 250.0 ? 0.0 : sign == ${glsl(SIGNS.indexOf('.'))} ? ${glsl(POINT_PX)} : ${glsl(FIGURE_PX)}; }
void main() {
  vec2 q = abs(v_at) - vec2(v_half - 7.0, 0.0);
  float d = length(vec2(max(q.x, 0.0), q.y));
  float outer = clamp((7.75 - d) / u_soft + 0.5, 0.0, 1.0);
  float inner = clamp((6.5 - d) / u_soft + 0.5, 0.0, 1.0);
  float x = v_at.x + v_half - ${glsl(BADGE_PAD / 2)};
  float ink = 0.0;
  for (int i = 0; i < 4; i++) {
    float wide = advance(v_signs[i]);
    if (wide > 0.0 && x >= 0.0 && x < wide) {
      vec2 uv = vec2((v_signs[i] + 0.5 + (x - wide / 2.0) / ATLAS_CELL) / ${glsl(SIGNS.length)}, v_at.y / ${glsl(BADGE_HEIGHT)} + 0.5);
      ink = texture(u_atlas, uv).r * step(abs(v_at.y), ${glsl(BADGE_HEIGHT / 2)});
    }
    x -= wide;
  }
  vec3 body = mix(u_gap, mix(u_fill, u_text, ink), inner);
  colour = vec4(body * outer, outer);
}`;
