import com.typesafe.config.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

/** Reads one case a line (base64, or @file), prints {"ok":json} or {"error":true} a line. */
public class Oracle {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        ConfigResolveOptions resolve = ConfigResolveOptions.noSystem();
        for (String line; (line = in.readLine()) != null; ) {
            try {
                Config config = line.startsWith("@")
                    ? ConfigFactory.parseFile(new File(line.substring(1)))
                    : ConfigFactory.parseString(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
                out.println(config.resolve(resolve).root().render(ConfigRenderOptions.concise()));
            } catch (Exception | StackOverflowError e) {
                out.println("!" + String.valueOf(e.getMessage()).replace('\n', ' '));
            }
        }
    }
}
