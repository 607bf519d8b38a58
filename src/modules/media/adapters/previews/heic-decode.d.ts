declare module 'heic-decode' {
  interface Decoded {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8ClampedArray;
  }
  interface Undecoded extends Pick<Decoded, 'width' | 'height'> {
    decode(): Promise<Decoded>;
  }
  const heic: { all(input: { buffer: Uint8Array }): Promise<Undecoded[]> };
  export = heic;
}
