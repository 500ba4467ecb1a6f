export default {
  mode: "production",
  entry: "./src/main.js",
  resolve: {
    alias: {
      "@azure/communication-calling-effects$": "@parley/calling-effects",
      "@azure/communication-calling$": "@parley/calling",
    },
  },
};
