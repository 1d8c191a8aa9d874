import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl';
import { PIN_BYTES, type PinBuffer } from '../core/pin-buffer.ts';
import { type Camera, copiesOnScreen, EDGE_PX } from '../core/projector.ts';
import type { PinPalette } from '../palette.ts';
import { BADGE_FRAGMENT, badgeVertex, PIN_FRAGMENT, pinVertex } from './pin-shaders.ts';
import { CELL_PX, drawSigns } from './sign-atlas.ts';

/** Times its drawn size: sharp up to three device pixels a pixel. */
const ATLAS_SCALE = 4;
const CORNERS = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]);

export interface PinLook {
  palette: PinPalette;
  /** Size of the pins at this zoom. */
  scale: number;
  /** Slot under the pointer, −1 for none. */
  hovered: number;
}

/**
 * Draws all pins and counts in two instanced calls a copy of the world.
 *
 * Lifecycle   added to a map again after its style has been rebuilt; everything on the graphics card is made in `onAdd`.
 * Invariants  the buffer is the truth; the card gets the bytes that changed, at the next frame.
 */
export class PinLayer implements CustomLayerInterface {
  readonly id = 'pins';
  readonly type = 'custom';
  readonly renderingMode = '2d';
  readonly #buffer: PinBuffer;
  readonly #look: PinLook;
  readonly #camera: (input: CustomRenderMethodInput) => Camera;
  #gl: Card | null = null;

  /** `look` is read at each frame. `camera`: what the map shows in this frame. */
  constructor(buffer: PinBuffer, look: PinLook, camera: (input: CustomRenderMethodInput) => Camera) {
    this.#buffer = buffer;
    this.#look = look;
    this.#camera = camera;
  }

  onAdd(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.#gl = new Card(gl);
  }
  onRemove(): void {
    this.#gl?.release();
    this.#gl = null;
  }
  /** The typeface of the counts has arrived. */
  redrawSigns(): void {
    this.#gl?.uploadSigns();
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const card = this.#gl;
    if (!card) return;
    const camera = this.#camera(input);
    card.upload(this.#buffer);
    if (this.#buffer.count === 0) return;
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    card.draw(input, camera, this.#buffer.count, this.#look);
  }
}

interface Program {
  readonly program: WebGLProgram;
  readonly at: (name: string) => WebGLUniformLocation | null;
}

/** What lives on the graphics card. */
class Card {
  readonly #gl: WebGL2RenderingContext;
  readonly #corners: WebGLBuffer;
  readonly #pins: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  readonly #atlas: WebGLTexture;
  /** By projection: a globe has other shaders than a flat map. */
  readonly #programs = new Map<string, { readonly pins: Program; readonly badges: Program }>();
  #generation = -1;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#corners = gl.createBuffer();
    this.#pins = gl.createBuffer();
    this.#array = gl.createVertexArray();
    this.#atlas = gl.createTexture();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#corners);
    gl.bufferData(gl.ARRAY_BUFFER, CORNERS, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#pins);
    const perPin = (location: number, size: number, type: number, normalized: boolean, offset: number): void => {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, size, type, normalized, PIN_BYTES, offset);
      gl.vertexAttribDivisor(location, 1);
    };
    perPin(1, 2, gl.FLOAT, false, 0);
    perPin(2, 4, gl.UNSIGNED_BYTE, true, 8);
    perPin(3, 4, gl.UNSIGNED_BYTE, false, 12);
    perPin(4, 4, gl.UNSIGNED_BYTE, false, 16);
    gl.bindVertexArray(null);
    this.uploadSigns();
  }

  uploadSigns(): void {
    const gl = this.#gl;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#atlas);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, drawSigns(ATLAS_SCALE));
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  upload(buffer: PinBuffer): void {
    const gl = this.#gl;
    const dirty = buffer.takeDirty();
    if (!dirty && this.#generation === buffer.generation) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#pins);
    if (this.#generation === buffer.generation) {
      if (dirty) gl.bufferSubData(gl.ARRAY_BUFFER, dirty[0], buffer.bytes, dirty[0], dirty[1] - dirty[0]);
      return;
    }
    this.#generation = buffer.generation;
    gl.bufferData(gl.ARRAY_BUFFER, buffer.bytes, gl.DYNAMIC_DRAW);
  }

  draw(input: CustomRenderMethodInput, camera: Camera, count: number, look: PinLook): void {
    const gl = this.#gl;
    const { pins, badges } = this.#programsFor(input);
    const copies = copiesOnScreen(camera, EDGE_PX);
    const ratio = gl.drawingBufferWidth / camera.width;
    gl.bindVertexArray(this.#array);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#atlas);
    const { palette, scale, hovered } = look;

    gl.useProgram(pins.program);
    this.#project(pins, input, camera, scale, hovered);
    gl.uniform3fv(pins.at('u_colours'), palette.colours);
    gl.uniform3fv(pins.at('u_gap'), palette.gap);
    gl.uniform1f(pins.at('u_soft'), 1 / (ratio * scale));
    this.#drawCopies(pins, copies, count);

    gl.useProgram(badges.program);
    this.#project(badges, input, camera, scale, hovered);
    gl.uniform3fv(badges.at('u_fill'), palette.count);
    gl.uniform3fv(badges.at('u_text'), palette.onCount);
    gl.uniform3fv(badges.at('u_gap'), palette.gap);
    gl.uniform1f(badges.at('u_soft'), 1 / ratio);
    gl.uniform1i(badges.at('u_atlas'), 0);
    this.#drawCopies(badges, copies, count);
    gl.bindVertexArray(null);
  }

  #project(program: Program, input: CustomRenderMethodInput, camera: Camera, scale: number, hovered: number): void {
    const gl = this.#gl;
    const { mainMatrix, fallbackMatrix, tileMercatorCoords, clippingPlane, projectionTransition } = input.defaultProjectionData;
    gl.uniformMatrix4fv(program.at('u_projection_matrix'), false, mainMatrix);
    gl.uniformMatrix4fv(program.at('u_projection_fallback_matrix'), false, fallbackMatrix);
    gl.uniform4fv(program.at('u_projection_tile_mercator_coords'), tileMercatorCoords);
    gl.uniform4fv(program.at('u_projection_clipping_plane'), clippingPlane);
    gl.uniform1f(program.at('u_projection_transition'), projectionTransition);
    gl.uniform2f(program.at('u_pixel'), 2 / camera.width, 2 / camera.height);
    gl.uniform1f(program.at('u_scale'), scale);
    gl.uniform1f(program.at('u_hovered'), hovered);
  }

  #drawCopies(program: Program, copies: readonly number[], count: number): void {
    const gl = this.#gl;
    for (const copy of copies) {
      gl.uniform1f(program.at('u_copy'), copy);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    }
  }

  #programsFor({ shaderData }: CustomRenderMethodInput): { readonly pins: Program; readonly badges: Program } {
    let made = this.#programs.get(shaderData.variantName);
    if (!made) {
      made = {
        pins: this.#program(pinVertex(shaderData), PIN_FRAGMENT),
        badges: this.#program(badgeVertex(shaderData), BADGE_FRAGMENT.replace('ATLAS_CELL', `${CELL_PX}.0`)),
      };
      this.#programs.set(shaderData.variantName, made);
    }
    return made;
  }

  #program(vertex: string, fragment: string): Program {
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type);
      if (!shader) throw new Error('the map lost its graphics context');
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Error(`a pin shader does not link: ${gl.getProgramInfoLog(program)}`);
    const locations = new Map<string, WebGLUniformLocation | null>();
    return {
      program,
      at: (name) => {
        let location = locations.get(name);
        if (location === undefined) {
          location = gl.getUniformLocation(program, name);
          locations.set(name, location);
        }
        return location;
      },
    };
  }

  release(): void {
    const gl = this.#gl;
    for (const { pins, badges } of this.#programs.values()) for (const { program } of [pins, badges]) gl.deleteProgram(program);
    gl.deleteBuffer(this.#corners);
    gl.deleteBuffer(this.#pins);
    gl.deleteVertexArray(this.#array);
    gl.deleteTexture(this.#atlas);
  }
}
