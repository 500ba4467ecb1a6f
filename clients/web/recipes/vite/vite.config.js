export default {
  resolve: {
    alias: {
      "@azure/communication-calling-effects": "@parley/calling-effects",
      "@azure/communication-calling": "@parley/calling",
    },
  },
  build: { target: "es2022" },
};
