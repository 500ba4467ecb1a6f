// What a person does and sees in CallComposite or CallWithChatComposite.
import { endpoint } from "../browser.mjs";

/** Chromium with a camera, a microphone and a screen that need nobody to allow them. */
export const FAKE_DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

/** Frames after which a video counts as moving. */
const FRAMES = 5;

const TILE = "[data-ui-id=video-tile]";

export class CallWindow {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  /**
   * Shows the page before a call and waits until the call could be started.
   *
   * @param shown `{ locator }` or `{ callees }`, and `threadId` for a chat beside the call
   */
  async shows(shown) {
    this.shown = shown;
    const { user, displayName } = this.person;
    await this.page.evaluate((given) => window.showCall(given), {
      endpoint,
      token: user.token,
      userId: user.id,
      displayName,
      ...shown,
    });
    await this.#ui("call-composite-start-call-button", ":enabled").waitFor();
  }

  /** Loads the page anew and shows what it showed: after some refusals it offers no other try. */
  async comesAgain() {
    await this.page.reload();
    await this.shows(this.shown);
  }

  /** Turns microphone and camera on, looks at the own picture, and starts the call. */
  async joins() {
    await this.#ui("call-composite-local-device-settings-microphone-button").click();
    await this.#ui("call-composite-local-device-settings-camera-button").click();
    await this.#moves(this.#ui("call-composite-local-preview").locator("video"));
    await this.starts();
    await this.joined();
  }

  /** Waits until the page of the call is shown. */
  async joined() {
    await this.#ui("call-page").waitFor();
  }

  async starts() {
    await this.#ui("call-composite-start-call-button", ":enabled").click();
  }

  /** Presses a button of the control bar: `microphone`, `camera`, `raisehand` or `screenshare`. */
  async presses(control) {
    await this.page.locator(`button[data-ui-id=call-composite-${control}-button]`).click();
  }

  /** Waits until a button of the control bar may, or may not, be pressed; the keyboard reaches both. */
  async offers(control, there = true) {
    const state = "[aria-disabled=true]";
    await this.page
      .locator(`button[data-ui-id=call-composite-${control}-button]${there ? `:not(${state})` : state}`)
      .waitFor();
  }

  /** Sends the reaction that has this name on the page, for example `Love`. */
  async reacts(name) {
    await this.presses("reaction");
    // The pictures move all the time: waiting for them to rest outlasts the bubble that shows them.
    await this.page.getByRole("button", { name, exact: true }).click({ force: true });
  }

  /** Opens or closes the list of people. */
  async pressesPeople() {
    await this.#ui("common-call-composite-people-button").click();
  }

  async pressesChat() {
    await this.#ui("call-with-chat-composite-chat-button").click();
  }

  /** Chooses from the menu of a name in the list of people; says yes when asked for `confirmation`. */
  async chooses(action, name, confirmation) {
    await this.listed(name).click();
    await this.page
      .getByRole("menuitem", { name: action, exact: true })
      .filter({ visible: true })
      .click();
    if (confirmation) await this.#confirms(confirmation);
  }

  /** Leaves, or ends the call for everyone. */
  async leaves(how = "Leave") {
    await this.#ui("call-composite-hangup-button").first().click();
    await this.page.getByRole("menuitem", { name: how, exact: true }).click();
    if (how !== "Leave") await this.#confirms("End call");
  }

  /** Waits for the page after a call, with this title. */
  async ends(title) {
    await this.page.locator("[data-ui-id$=-page]").getByText(title, { exact: true }).waitFor();
  }

  /** The tiles with this name; a person who shares the screen has two. The own one is named `You`. */
  tiles(name) {
    const label = this.page.locator("[data-ui-id=video-tile-display-name]");
    return this.page
      .locator(TILE)
      .filter({ has: label.and(this.page.getByText(name, { exact: true })) });
  }

  /** Waits until as many tiles of this name show a moving picture. */
  async watches(name, count = 1) {
    for (let index = 0; index < count; index++) {
      await this.#moves(this.tiles(name).nth(index).locator("video"));
    }
  }

  /** Waits until the tile of this name shows no picture, or all of its pictures are gone. */
  async watchesNothingOf(name, count = 0) {
    await this.#become(this.tiles(name).locator("video"), count);
  }

  /** Waits until the tile of this name has, or has not, a mark: `MicOff` or `Spotlighted`. */
  async marks(name, mark, there = true) {
    await this.#become(
      this.tiles(name).locator(`[data-icon-name=VideoTile${mark}]`),
      there ? 1 : 0,
    );
  }

  /** Waits until the tile of this name shows, or does not show, a raised hand. */
  async marksHand(name, there = true) {
    const more = this.tiles(name).locator("[data-ui-id=video-tile-more-options-button]");
    await this.#become(more.and(this.page.locator("[aria-label*='Hand raised']")), there ? 1 : 0);
  }

  /** Waits until a reaction is shown over the tile of this name. */
  async watchesReaction(name, reaction) {
    await this.page.waitForFunction(
      ([tile, shown, picture]) =>
        [...document.querySelectorAll(tile)]
          .filter((one) => one.innerText.includes(shown))
          .flatMap((one) => [...one.querySelectorAll("div")])
          .some((part) => getComputedStyle(part).backgroundImage.includes(picture)),
      [TILE, name, `/reaction/${reaction}.svg`],
    );
  }

  /** The line of this name in the list of people. */
  listed(name) {
    return this.page
      .locator("[data-ui-id=participant-item]")
      .filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Waits until the line of this name says that, for example `Muted` or `Sharing`. */
  async lists(name, what) {
    await this.listed(name).and(this.page.locator(`[aria-label*="${what}"]`)).waitFor();
  }

  async #confirms(label) {
    await this.page.getByRole("dialog").getByRole("button", { name: label, exact: true }).click();
  }

  #ui(id, state = "") {
    return this.page.locator(`[data-ui-id=${id}]${state}`);
  }

  async #become(locator, count) {
    await (count === 0
      ? locator.first().waitFor({ state: "detached" })
      : locator.nth(count - 1).waitFor({ state: "attached" }));
    if (count > 0) await locator.nth(count).waitFor({ state: "detached" });
  }

  /** Waits until a video has shown some more frames than now, and knows its size. */
  async #moves(video) {
    const element = await video.elementHandle();
    await this.page.waitForFunction(
      ([one, frames]) => {
        const { totalVideoFrames } = one.getVideoPlaybackQuality();
        one.firstFrames ??= totalVideoFrames;
        return one.videoWidth > 0 && totalVideoFrames >= one.firstFrames + frames;
      },
      [element, FRAMES],
    );
    await element.evaluate((one) => delete one.firstFrames);
  }
}
