// A sigma.js node program that draws each kind of thing in its own shape: colour alone tells too little.
import { NodeProgram, floatColor } from "./sigma.js";

// Numbers of the shapes in the shader, by kind; the outlines are those of the key (viz/kinds.py).
const SHAPES = { organisation: 0, instrument: 1, finding: 2, post: 3, thing: 4, recommendation: 5, resolution: 6, person: 7, report: 8,
  system: 9, location: 10 };
const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_look;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_pixel;
varying float v_look;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  vec2 off = vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + size * off, 1)).xy, 0, 1);
  v_at = off * 2.0;
  v_pixel = u_correctionRatio * 2.0 / (size / 2.0);
  v_look = a_look;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;
const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_pixel;
varying float v_look;
const vec4 clear = vec4(0.0);
float polygon(vec2 p, float n, float turn, float reach) {
  float a = atan(p.x, p.y) + turn;
  float b = 6.2831853 / n;
  return cos(floor(0.5 + a / b) * b - a) * length(p) - reach * cos(3.1415927 / n);
}
float turned(vec2 p, float n, float turn, float reach) { return polygon(p, n, turn + 3.1415927 / n, reach); }
float shape(vec2 p, float kind) {
  if (kind < 0.5) return length(p) - 0.9;
  if (kind < 1.5) return max(abs(p.x), abs(p.y)) - 0.78;
  if (kind < 2.5) return (abs(p.x) + abs(p.y) - 1.05) * 0.7071;
  if (kind < 3.5) return turned(p + vec2(0.0, 0.12), 3.0, 0.0, 1.1);
  if (kind < 4.5) return turned(-p + vec2(0.0, 0.12), 3.0, 0.0, 1.1);
  if (kind < 5.5) return turned(p, 6.0, 0.5235988, 1.02);
  if (kind < 6.5) return turned(p, 5.0, 0.0, 1.02);
  if (kind < 7.5) {
    float a = abs(mod(atan(p.x, p.y) + 0.6283185, 1.2566371) - 0.6283185);
    vec2 q = length(p) * vec2(sin(a), cos(a));
    vec2 outer = vec2(0.0, 1.1), inner = 0.47 * vec2(sin(0.6283185), cos(0.6283185)), along = inner - outer;
    return dot(q - outer, normalize(vec2(-along.y, along.x)));
  }
  if (kind < 8.5) return max(max(abs(p.x) - 0.76, abs(p.y) - 1.0), (p.x + p.y - 1.35) * 0.7071);
  if (kind < 9.5) { vec2 d = abs(p) - vec2(0.45, 0.6); return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - 0.34; }
  return min(length(p - vec2(0.0, 0.25)) - 0.72, max(abs(p.x) * 0.86 - (p.y + 1.05) * 0.5, p.y));
}
void main() {
  float kind = mod(v_look, 16.0);
  float marks = floor(v_look / 16.0);
  bool critical = marks > 1.5;
  bool hollow = mod(marks, 2.0) > 0.5;
  float scale = critical ? 1.55 : 1.0;
  vec2 p = v_at * scale;
  float blur = v_pixel * scale;
  float d = shape(p, kind);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.15 ? clear : v_color;
  #else
  float inside = 1.0 - smoothstep(-blur * 0.5, blur * 0.5, d);
  vec4 fill = v_color;
  if (hollow) fill = mix(v_color, vec4(1.0), 1.0 - smoothstep(-0.34 - blur * 0.5, -0.34 + blur * 0.5, d));
  vec4 seen = mix(clear, fill, inside);
  if (critical) {
    float ring = abs(shape(p / 1.42, kind) * 1.42) - 0.1;
    float on = 1.0 - smoothstep(-blur * 0.5, blur * 0.5, ring);
    seen = mix(seen, vec4(0.541, 0.110, 0.063, 1.0) * v_color.a, on);
  }
  gl_FragColor = seen;
  #endif
}`;

export function look(kind, marks) {
  return (SHAPES[kind] ?? 0) + 16 * ((marks.includes("closed") ? 1 : 0) + (marks.includes("critical") ? 2 : 0));
}

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_look", size: 1, type: FLOAT },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [2 * Math.PI / 3], [4 * Math.PI / 3]],
    };
  }
  processVisibleItem(index, start, data) {
    const { array } = this;
    array[start++] = data.x;
    array[start++] = data.y;
    array[start++] = data.size * (data.look >= 32 ? 1.5 : 1);
    array[start++] = floatColor(data.color);
    array[start++] = index;
    array[start++] = data.look;
  }
  setUniforms({ correctionRatio, sizeRatio, matrix }, { gl, uniformLocations: at }) {
    gl.uniform1f(at.u_correctionRatio, correctionRatio);
    gl.uniform1f(at.u_sizeRatio, sizeRatio);
    gl.uniformMatrix3fv(at.u_matrix, false, matrix);
  }
}
