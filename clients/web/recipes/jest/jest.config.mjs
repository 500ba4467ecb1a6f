export default {
  testMatch: ["**/src/**/*.test.cjs"],
  moduleNameMapper: {
    "^@azure/communication-calling-effects$": "@parley/calling-effects",
    "^@azure/communication-calling$": "@parley/calling",
  },
};
