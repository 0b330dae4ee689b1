// Judges PDF/A-1b files with Apache PDFBox Preflight: "judged", then one line for each thing that is wrong.
import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.parser.PreflightParser;

public class Preflight {
    public static void main(String[] names) throws Exception {
        PreflightParser parser = new PreflightParser(new File(names[0]));
        parser.parse();
        try (PreflightDocument document = parser.getPreflightDocument()) {
            document.validate();
            System.out.println("judged");
            for (ValidationResult.ValidationError error : document.getResult().getErrorsList()) {
                System.out.println(error.getErrorCode() + " " + error.getDetails());
            }
        }
    }
}
