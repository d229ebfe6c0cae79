// How does somebody arrive at the fake clinic: a machine by a token, a person by an invite, by name, or by a recovery code?
import type {
  BackgroundView, BeginEnrolRequest, EnrolmentBegun, EnrolWorkstationRequest, FinishEnrolRequest, RecoverRequest, RecoveryCodes, SetPinRequest, SignInNewRequest, SignInPinRequest, WorkstationEnrolled,
} from "../bindings";
import { FAKE_PASSWORD, FAKE_PIN, FakeBase } from "./base";
import { loginOf, PEOPLE } from "./clinic";

/** The code that everybody's authenticator app shows. */
export const FAKE_CODE = "123456";
/** Tries of a PIN that was set just now. */
const PIN_TRIES = 5;
/** A workstation token that fits. */
export const FAKE_TOKEN = `sotto-workstation-v1.${"Zm9yIHRoZSBwaWN0dXJlcyBvbmx5".repeat(4)}`;
/** An invite that fits. */
export const FAKE_INVITE = `sotto-invite-v1.${"bm90IGEgcmVhbCBpbnZpdGUgYXQgYWxs".repeat(40)}`;
/** Recovery codes as the core makes them. */
export const FAKE_CODES = [
  "7KQ2M-9X4TD-B3VNP-6HJWR", "0D8FZ-C5GYA-1SEKT-M2QXB", "P4NRV-8JH3W-6TDKC-Y9ZFA", "E2MGX-5B7QS-0VNPJ-4RHKD", "W6TCA-Z1YFS-9DMXG-3EQB8",
  "J7VKP-2NHRT-5CDWZ-8AYGS", "M0XEQ-F4BSK-7TJVH-1NPRC", "Q9ZDW-A6YGM-3XFEB-K5STH", "R8NVC-1PJDT-4WZKA-G2HYM", "X3SFE-B7QKT-6VNCJ-0RPDW",
];

const started = (text: string, prefix: string): boolean => text.startsWith(prefix) && text.length > prefix.length + 15;

/** The lock window's part of the port. */
export abstract class FakeArrival extends FakeBase {
  /** What was chosen of starting with the system. */
  private chosen: BackgroundView | null = null;
  private ready = false;

  enrolWorkstation(request: EnrolWorkstationRequest): Promise<WorkstationEnrolled> {
    return this.answer("enrolWorkstation", [request], () => {
      if (!started(request.token, "sotto-workstation-v1.")) this.reject("token_malformed");
      this.state = "tiles";
      this.emit({ kind: "workstation_changed" });
      return { organisation: "Sample Street Clinic", server: "sotto.sample-street.example", kind: "shared" };
    });
  }

  beginEnrol(request: BeginEnrolRequest): Promise<EnrolmentBegun> {
    return this.answer("beginEnrol", [request], () => {
      if (request.password.length < 12) this.reject("password_too_short");
      if (!started(request.invite, "sotto-invite-v1.")) this.reject("invite_malformed");
      return {
        account: "acc-theo", name: "Theo Specimen", login: "theo.specimen",
        totp: { uri: "otpauth://totp/Sotto:theo.specimen?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sotto", secret_text: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP" },
      };
    });
  }

  finishEnrol(request: FinishEnrolRequest): Promise<RecoveryCodes> {
    return this.answer("finishEnrol", [request], () => this.codes(request.code, request.account));
  }

  signInPin(request: SignInPinRequest): Promise<void> {
    return this.answer("signInPin", [request], () => {
      if (!/^\d{6,12}$/u.test(request.pin)) this.reject("pin_malformed");
      const { pin_tries_left, second_factor_needed } = this.pinOf(request.account);
      if (second_factor_needed) this.reject("second_factor_needed");
      if (pin_tries_left === null) return this.reject("pin_missing");
      if (request.pin === FAKE_PIN) {
        this.pin = PIN_TRIES;
        return this.comeIn(request.account);
      }
      this.pin = pin_tries_left - 1;
      this.emit({ kind: "workstation_changed" });
      return this.reject(this.pin === 0 ? "second_factor_needed" : "wrong_pin");
    });
  }

  setPin(request: SetPinRequest): Promise<void> {
    return this.answer("setPin", [request], () => {
      if (!/^\d{6,12}$/u.test(request.pin)) this.reject("pin_malformed");
      if (request.pin === "123456") this.reject("pin_counts");
      if (request.password !== FAKE_PASSWORD) this.reject("wrong_password");
      this.pin = PIN_TRIES;
      this.emit({ kind: "workstation_changed" });
    });
  }

  removePin(): Promise<void> {
    return this.answer("removePin", [], () => {
      this.pin = null;
      this.emit({ kind: "workstation_changed" });
    });
  }

  /** What a tile says of the PIN: only the first person has one. */
  protected pinOf(account: string): { pin_tries_left: number | null; second_factor_needed: boolean } {
    const pin = account === "acc-noor" ? this.pin : null;
    return { pin_tries_left: pin === 0 ? null : pin, second_factor_needed: pin === 0 };
  }

  protected comeIn(account: string): void {
    this.me = account;
    this.state = "main";
    this.options.navigate("main");
  }

  signInNew(request: SignInNewRequest): Promise<void> {
    return this.answer("signInNew", [request], () => {
      const person = PEOPLE.find((one) => loginOf(one.account) === request.login.trim().toLowerCase());
      if (person === undefined || request.password !== FAKE_PASSWORD) return this.reject("wrong_password");
      if (request.code !== FAKE_CODE) return this.reject("wrong_code");
      if (person.revoked) return this.reject("account_revoked");
      // With the code, what a PIN has shut is open again.
      if (this.pinOf(person.account).second_factor_needed) this.pin = null;
      return this.comeIn(person.account);
    });
  }

  recover(request: RecoverRequest): Promise<RecoveryCodes> {
    return this.answer("recover", [request], () => {
      const code = request.recovery_code.toUpperCase().replaceAll(/[\s-]/gu, "").replaceAll("O", "0").replaceAll(/[IL]/gu, "1");
      if (code.length !== 20) this.reject("malformed");
      if (code !== FAKE_CODES[0]?.replaceAll("-", "")) this.reject("recovery_code_unknown");
      return this.codes(request.code, "acc-noor");
    });
  }

  private codes(code: string, account: string): RecoveryCodes {
    if (code !== FAKE_CODE) this.reject("wrong_code");
    this.me = account;
    this.ready = true;
    return { codes: FAKE_CODES };
  }

  enter(): Promise<void> {
    return this.answer("enter", [], () => {
      if (!this.ready) this.reject("locked");
      this.state = "main";
      this.options.navigate("main");
    });
  }

  print(): Promise<void> {
    return this.answer("print", [], () => undefined);
  }

  background(): Promise<BackgroundView> {
    return this.answer("background", [], () => this.starts());
  }

  setBackground(on: boolean): Promise<void> {
    return this.answer("setBackground", [on], () => {
      const starts = this.starts();
      if (!starts.possible || (!on && starts.demanded)) this.reject("not_permitted");
      this.chosen = { ...starts, on };
    });
  }

  private starts(): BackgroundView {
    return this.chosen ?? this.options.background;
  }
}
