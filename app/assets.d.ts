declare module '*.woff2' {
  /** address of the file */
  const href: string;
  export default href;
}
