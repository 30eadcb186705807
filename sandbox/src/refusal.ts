/** GitHub's answer to what it will not do: becomes the HTTP answer for the App, and is thrown at a person of the sandbox. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 422,
    message: string,
    /** The `errors` of a validation failure. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
    readonly errors?: readonly (FieldError | string)[],
    /** Of a 403 to an App: the permissions that would have done, `issues=write; pull_requests=write`. */
    readonly accepted?: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

export interface FieldError {
  readonly resource: string;
  readonly code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  readonly field?: string;
  readonly message?: string;
}

export const notFound = (): Refusal => new Refusal(404, "Not Found");

export const invalid = (...errors: readonly (FieldError | string)[]): Refusal =>
  new Refusal(422, "Validation Failed", errors);
