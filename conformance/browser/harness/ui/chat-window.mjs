// What a person does with the chat of ChatComposite or CallWithChatComposite.
import { endpoint } from "../browser.mjs";

const BUBBLE = "[data-testid=chat-composite-message]";

export class ChatWindow {
  constructor(person) {
    this.person = person;
    this.page = person.page;
  }

  /** Shows ChatComposite with a thread; done when the person is registered for its events. */
  async shows(threadId) {
    const registered = this.page.waitForResponse(
      (answer) =>
        answer.url().endsWith("/v3/registrations") && answer.request().method() === "POST",
    );
    registered.catch(() => {});
    const { user, displayName } = this.person;
    await this.page.evaluate((shown) => window.showChat(shown), {
      endpoint,
      token: user.token,
      userId: user.id,
      displayName,
      threadId,
    });
    await registered;
  }

  /** Types into the send box like a person does: key by key. */
  async types(text) {
    await this.page.getByPlaceholder("Enter a message").pressSequentially(text);
  }

  async says(text) {
    await this.types(text);
    await this.page.getByRole("button", { name: "Send message" }).click();
  }

  /** The bubbles that show this text. */
  bubbles(text) {
    return this.page.locator(BUBBLE).filter({ hasText: text });
  }

  /**
   * Waits until exactly one bubble shows this text. The library shows a message of its own user twice
   * for a moment when the push comes before the answer to the request that sent it.
   */
  async reads(text) {
    await this.page.waitForFunction(
      ([bubble, wanted]) =>
        [...document.querySelectorAll(bubble)].filter((one) => one.innerText.includes(wanted))
          .length === 1,
      [BUBBLE, text],
    );
  }

  /** Chooses from the menu of a message of their own: `Edit` or `Delete`. */
  async chooses(action, text) {
    const bubble = this.bubbles(text);
    await bubble.hover();
    await bubble.getByTestId("chat-composite-message-action-icon").click();
    await this.page.getByRole("menuitem", { name: action }).filter({ visible: true }).click();
  }

  /** The text of every message on the page, from top to bottom. */
  async lines() {
    return this.page.locator(BUBBLE).allInnerTexts();
  }

  /** Waits until the list beside the chat shows exactly these people, named in order of their names. */
  async lists(...names) {
    await this.page.waitForFunction((wanted) => {
      const items = [...document.querySelectorAll("aside [role=menuitem]")];
      const shown = items.map((item) =>
        item.innerText.replace("(you)", "").trim().split("\n").at(-1),
      );
      return shown.toSorted().join() === wanted.join();
    }, names);
  }

  /** Removes somebody by the menu of that list. */
  async removes(name) {
    await this.page.locator("aside").getByRole("menuitem", { name }).click();
    await this.page.getByRole("menuitem", { name: "Remove" }).click();
  }
}
