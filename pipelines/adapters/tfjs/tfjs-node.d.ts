/** Optional, and absent where its native library cannot be fetched: imported for its side effect, which registers the backend `tensorflow`. */
declare module '@tensorflow/tfjs-node' {}
