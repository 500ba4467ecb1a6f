const alias = {
  "@azure/communication-calling-effects": "@parley/calling-effects",
  "@azure/communication-calling": "@parley/calling",
};

export default {
  turbopack: { resolveAlias: alias, root: import.meta.dirname },
  // For `next build --webpack`.
  webpack(config) {
    for (const [name, ours] of Object.entries(alias)) config.resolve.alias[`${name}$`] = ours;
    return config;
  },
};
