/** The part of a stream that a closed pipe shows itself by. */
interface Output {
  on(event: 'error', listener: (error: Error & { readonly code?: string }) => void): unknown;
}

/**
 * Keeps a process from dying with a stack trace when whoever read its output has gone (`holdfast schema | head`): `gone` is called, once or more,
 * and what is written afterwards is lost. Other errors of the stream are thrown as before.
 */
export function outliveReader(output: Output, gone: () => void = () => {}): void {
  output.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    gone();
  });
}
