const { CallClient, Features } = require("@azure/communication-calling");
const { BackgroundBlurEffect } = require("@azure/communication-calling-effects");

test("the application gets the SDK of Parley", async () => {
  const failed = new CallClient().createTeamsCallAgent({});
  await expect(failed).rejects.toMatchObject({ code: 501, message: expect.stringContaining("Parley") });
  expect(Features.RaiseHand).toBe(Features.RaiseHand);
  expect(await new BackgroundBlurEffect().isSupported()).toBe(false);
});
