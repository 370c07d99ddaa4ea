// What graph.js uses of sigma.js and graphology.
export { default as Graph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeArrowProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
