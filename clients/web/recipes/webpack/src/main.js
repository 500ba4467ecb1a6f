import { BackgroundBlurEffect } from "@azure/communication-calling-effects";
import { CallClient, Features } from "@azure/communication-calling";

const client = new CallClient();
const { environment } = await client.feature(Features.DebugInfo).getEnvironmentInfo();
console.log(environment.browser, await new BackgroundBlurEffect().isSupported());
