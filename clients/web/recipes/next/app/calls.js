"use client";

import { BackgroundBlurEffect } from "@azure/communication-calling-effects";
import { CallClient, Features } from "@azure/communication-calling";
import { useEffect, useState } from "react";

export function Calls() {
  const [text, setText] = useState("");
  useEffect(() => {
    async function look() {
      const { environment } = await new CallClient().feature(Features.DebugInfo).getEnvironmentInfo();
      setText(`${environment.browser} ${await new BackgroundBlurEffect().isSupported()}`);
    }
    void look();
  }, []);
  return <p>{text}</p>;
}
