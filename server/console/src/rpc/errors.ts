// What a call can end with instead of a result.

/** Error codes of server/admin/README.md that the console answers in its own words. */
export const errorCode = {
  notLoggedIn: -32001,
  wrongCredentials: -32002,
  notFound: -32003,
  tooManyAttempts: -32007,
} as const;

/** The server answered with an error. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** There is no connection, or it ended before the answer came. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The connection stands and no answer came in time. */
export class CallTimeout extends Error {
  override readonly name = 'CallTimeout';
}

export function hasCode(error: unknown, code: number): boolean {
  return error instanceof RpcError && error.code === code;
}
