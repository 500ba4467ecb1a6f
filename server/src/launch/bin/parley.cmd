@echo off
rem Starts Parley from its archive, with the Java that lies beside it: nothing needs to be installed.
rem PARLEY_JAVA_OPTIONS: more options for the Java machine, for example -Xmx2g
setlocal
set "PARLEY_DIST=%~dp0.."
set "PARLEY_CACHE="
if exist "%PARLEY_DIST%\lib\parley.aot" set PARLEY_CACHE="-XX:AOTCache=%PARLEY_DIST%\lib\parley.aot"
"%PARLEY_DIST%\runtime\bin\java.exe" "@%PARLEY_DIST%\lib\java.options" %PARLEY_CACHE% %PARLEY_JAVA_OPTIONS% "-Dorg.sqlite.lib.path=%PARLEY_DIST%\lib\native" -jar "%PARLEY_DIST%\lib\parley-server.jar" %*
exit /b %ERRORLEVEL%
